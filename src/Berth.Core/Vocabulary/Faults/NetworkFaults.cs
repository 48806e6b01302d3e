namespace Berth.Vocabulary;

/// <summary>There is nothing of that id in the account and Region.</summary>
public sealed record NetworkObjectNotFound(NetworkKind Kind, string Id) : Fault(Kind.NotFound(Id));

/// <summary>The text is no id of the kind that was asked for.</summary>
public sealed record NetworkIdMalformed(NetworkKind Kind, string Id) : Fault($"Invalid id: \"{Id}\" (expecting \"{Kind.Prefix}...\")");

/// <summary>It cannot be deleted while others depend on it.</summary>
public sealed record NetworkObjectInUse(NetworkKind Kind, string Id) : Fault(Kind.InUse(Id));

/// <summary>The call would have been carried out, and was only to be tried (<c>DryRun</c>).</summary>
public sealed record DryRunPassed() : Fault("Request would have succeeded, but DryRun flag is set.");

/// <summary>Something is asked of a network that it cannot do; the sentences are EC2's.</summary>
/// <param name="Reason">Which rule forbids it.</param>
/// <param name="Sentence">What the caller reads.</param>
public sealed record NetworkRefused(NetworkRule Reason, string Sentence) : Fault(Sentence)
{
    /// <summary>A member has a value that it cannot have.</summary>
    public static NetworkRefused Value(string value, string member, string? why = null) =>
        new(NetworkRule.ParameterValue, $"Value ({value}) for parameter {member} is invalid.{(why is null ? "" : " " + why)}");

    /// <summary>A value that cannot be, in words of its own.</summary>
    public static NetworkRefused Invalid(string sentence) => new(NetworkRule.ParameterValue, sentence);

    /// <summary>Members that do not go together.</summary>
    public static NetworkRefused Combination(string sentence) => new(NetworkRule.ParameterCombination, sentence);

    /// <summary>A member is missing.</summary>
    public static NetworkRefused Missing(string member) =>
        new(NetworkRule.ParameterMissing, $"The request must contain the parameter {member}");

    /// <summary>A parameter that no operation of this name has here: better refused than accepted and forgotten.</summary>
    public static NetworkRefused UnknownParameter(string name) => new(NetworkRule.UnknownParameter, $"The parameter {name} is not recognized");

    /// <summary>What Berth does not do: better refused than accepted and forgotten.</summary>
    public static NetworkRefused Unsupported(string member) =>
        new(NetworkRule.Unsupported, $"The parameter {member} is not supported here.");

    /// <summary>A block that is none.</summary>
    public static NetworkRefused Cidr(string text, string member) => Value(text, member, "This is not a valid CIDR block.");

    /// <summary>A VPC may have from 16 to 65,536 addresses.</summary>
    public static NetworkRefused VpcRange(string cidr) => new(NetworkRule.VpcRange, $"The CIDR '{cidr}' is invalid.");

    /// <summary>A subnet lies within its VPC and has from 16 to 65,536 addresses.</summary>
    public static NetworkRefused SubnetRange(string cidr) => new(NetworkRule.SubnetRange, $"The CIDR '{cidr}' is invalid.");

    /// <summary>Two subnets of a VPC have no address in common.</summary>
    public static NetworkRefused SubnetConflict(string cidr) => new(NetworkRule.SubnetConflict, $"The CIDR '{cidr}' conflicts with another subnet");

    /// <summary>A subnet has no address left.</summary>
    public static NetworkRefused NoFreeAddress(string subnet) =>
        new(NetworkRule.NoFreeAddress, $"There are not enough free addresses in subnet '{subnet}' to satisfy the requested number of instances.");

    /// <summary>An address of a subnet is taken.</summary>
    public static NetworkRefused AddressTaken(string address) => new(NetworkRule.AddressTaken, $"Address {address} is in use.");

    /// <summary>A VPC has an internet gateway, or a gateway a VPC.</summary>
    public static NetworkRefused AlreadyAttached(string sentence) => new(NetworkRule.AlreadyAssociated, sentence);

    /// <summary>A gateway is not attached to the VPC.</summary>
    public static NetworkRefused NotAttached(string gateway, string vpc) =>
        new(NetworkRule.NotAttached, $"resource {gateway} is not attached to network {vpc}");

    /// <summary>A route to that destination exists.</summary>
    public static NetworkRefused RouteExists(string destination) =>
        new(NetworkRule.RouteExists, $"The route identified by {destination} already exists.");

    /// <summary>No route to that destination exists.</summary>
    public static NetworkRefused RouteNotFound(string table, string destination) =>
        new(NetworkRule.RouteNotFound, $"no route with destination-cidr-block {destination} in route table {table}");

    /// <summary>A VPC has a security group of that name.</summary>
    public static NetworkRefused GroupExists(string name, string vpc) =>
        new(NetworkRule.GroupExists, $"The security group '{name}' already exists for VPC '{vpc}'");

    /// <summary>The group and the rule belong together and to AWS: nobody deletes the default one.</summary>
    public static NetworkRefused GroupIsDefault(string id) =>
        new(NetworkRule.CannotDelete, $"the specified group: \"{id}\" name: \"default\" cannot be deleted by a user");

    /// <summary>A group has that rule.</summary>
    public static NetworkRefused RuleExists(string rule) =>
        new(NetworkRule.RuleExists, $"the specified rule \"{rule}\" already exists");

    /// <summary>A group does not have that rule.</summary>
    public static NetworkRefused RuleNotFound() =>
        new(NetworkRule.RuleNotFound, "The specified rule does not exist in this security group.");

    /// <summary>A client token was given for another request.</summary>
    public static NetworkRefused TokenReused() =>
        new(NetworkRule.TokenReused, "Arguments on this idempotent request are inconsistent with arguments used in previous request(s).");

    /// <summary>A thing has at most fifty tags.</summary>
    public static NetworkRefused TooManyTags() => new(NetworkRule.TooManyTags, "The maximum number of tags on this resource is 50.");

    /// <summary>An id that is of no kind there is.</summary>
    public static NetworkRefused NoSuchId(string id) => new(NetworkRule.NoSuchId, $"The ID '{id}' is not valid");

    /// <summary>A state in which that cannot be done.</summary>
    public static NetworkRefused State(string sentence) => new(NetworkRule.State, sentence);

    /// <summary>An instance may not be ended while it is protected.</summary>
    public static NetworkRefused Protected(string id) => new(
        NetworkRule.Forbidden,
        $"The instance '{id}' may not be terminated. Modify its 'disableApiTermination' instance attribute and try again.");

    /// <summary>There is no default VPC, so that a subnet must be named.</summary>
    public static NetworkRefused NoDefaultVpc() => new(NetworkRule.VpcNotSpecified, "No default VPC for this user");

    /// <summary>An account may not have more.</summary>
    public static NetworkRefused Limit(NetworkRule limit, string sentence) => new(limit, sentence);
}

/// <summary>The rules of networks, each of which has an error code of EC2's.</summary>
public enum NetworkRule
{
    /// <summary>A member has a value it cannot have.</summary>
    ParameterValue,

    /// <summary>Members do not go together.</summary>
    ParameterCombination,

    /// <summary>A member is missing.</summary>
    ParameterMissing,

    /// <summary>The call has no such parameter.</summary>
    UnknownParameter,

    /// <summary>Berth does not do this.</summary>
    Unsupported,

    /// <summary>The block of a VPC is too large or too small.</summary>
    VpcRange,

    /// <summary>The block of a subnet is not within its VPC.</summary>
    SubnetRange,

    /// <summary>Two subnets would have addresses in common.</summary>
    SubnetConflict,

    /// <summary>A subnet has too few addresses.</summary>
    NoFreeAddress,

    /// <summary>A private address is taken.</summary>
    AddressTaken,

    /// <summary>It is attached or associated already.</summary>
    AlreadyAssociated,

    /// <summary>A gateway is not attached.</summary>
    NotAttached,

    /// <summary>The destination has a route.</summary>
    RouteExists,

    /// <summary>The destination has no route.</summary>
    RouteNotFound,

    /// <summary>The name of a group is taken.</summary>
    GroupExists,

    /// <summary>Nobody may delete it.</summary>
    CannotDelete,

    /// <summary>A group has the rule.</summary>
    RuleExists,

    /// <summary>A group has no such rule.</summary>
    RuleNotFound,

    /// <summary>A client token came with other arguments.</summary>
    TokenReused,

    /// <summary>It has too many tags.</summary>
    TooManyTags,

    /// <summary>The id is of no kind there is.</summary>
    NoSuchId,

    /// <summary>Not in this state.</summary>
    State,

    /// <summary>It is protected.</summary>
    Forbidden,

    /// <summary>There is no default VPC.</summary>
    VpcNotSpecified,

    /// <summary>The account has too many addresses.</summary>
    AddressLimit,

    /// <summary>A filter has too many values.</summary>
    FilterLimit,

    /// <summary>The group has too many rules.</summary>
    RulesLimit,

    /// <summary>The table has too many routes.</summary>
    RoutesLimit,

    /// <summary>Two things are of different VPCs.</summary>
    OtherNetwork,

    /// <summary>There is no such public address.</summary>
    PublicAddressNotFound,

    /// <summary>A public address leads to something.</summary>
    PublicAddressInUse,
}
