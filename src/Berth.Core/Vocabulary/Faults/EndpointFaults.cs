namespace Berth.Vocabulary;

/// <summary>The rules of VPC endpoints, each of which has an error code of EC2's.</summary>
public enum EndpointRule
{
    /// <summary>There is no endpoint service of that name.</summary>
    ServiceName,

    /// <summary>The endpoint policy is none.</summary>
    PolicyDocument,

    /// <summary>What is asked for does not fit this endpoint.</summary>
    Parameter,

    /// <summary>An endpoint has one subnet in a zone.</summary>
    SameZone,

    /// <summary>A route table leads to a service once.</summary>
    RouteExists,

    /// <summary>There are no more to be had.</summary>
    Limit,

    /// <summary>There is no prefix list of that id.</summary>
    PrefixList,
}

/// <summary>Something is asked of a VPC endpoint that it cannot be or do; the sentences are EC2's.</summary>
/// <param name="Reason">Which rule forbids it.</param>
/// <param name="Sentence">What the caller reads.</param>
public sealed record EndpointRefused(EndpointRule Reason, string Sentence) : Fault(Sentence)
{
    /// <summary>There is no service of that name to make endpoints for.</summary>
    public static EndpointRefused NoService(string name) => new(EndpointRule.ServiceName, $"The Vpc Endpoint Service '{name}' does not exist");

    /// <summary>The policy cannot be read, or is none for endpoints.</summary>
    public static EndpointRefused Policy(string why) => new(EndpointRule.PolicyDocument, $"The policy document is not valid: {why}");

    /// <summary>A member does not fit the endpoint.</summary>
    public static EndpointRefused Parameter(string sentence) => new(EndpointRule.Parameter, sentence);

    /// <summary>A service is not to be had as that type of endpoint.</summary>
    public static EndpointRefused Type(string asked, string offered) =>
        Parameter($"Endpoint type ({asked}) does not match available service types ([{offered}]).");

    /// <summary>Private DNS needs names in the VPC.</summary>
    public static EndpointRefused DnsAttributes(string vpc) =>
        Parameter($"Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC attributes set to true for {vpc}");

    /// <summary>Another endpoint has the names already.</summary>
    public static EndpointRefused DnsConflict(string name, string vpc) =>
        Parameter($"private-dns-enabled cannot be set because there is already a conflicting DNS domain for {name} in the VPC {vpc}");

    /// <summary>Two subnets in one zone.</summary>
    public static EndpointRefused Zone(string subnet) =>
        new(EndpointRule.SameZone, $"Found another VPC endpoint subnet in the availability zone of {subnet}");

    /// <summary>The table leads there already.</summary>
    public static EndpointRefused Route(string table, string prefixList) =>
        new(EndpointRule.RouteExists, $"route table {table} already has a route with destination-prefix-list-id {prefixList}");

    /// <summary>There is no such prefix list.</summary>
    public static EndpointRefused NoPrefixList(string id) => new(EndpointRule.PrefixList, $"The prefix list ID '{id}' does not exist");

    /// <summary>No more endpoints in a VPC or Region.</summary>
    public static EndpointRefused TooMany() => new(EndpointRule.Limit, "The maximum number of VPC endpoints has been reached.");
}
