using Berth.Vocabulary;

namespace Berth.Server.Aws;

/// <summary>How EC2 spells faults (EC2 API Reference, "Error codes"); null where it has no words of its own.</summary>
internal static class Ec2Errors
{
    /// <summary>EC2's error of a fault, or null.</summary>
    public static AwsError? Find(Fault fault) => fault switch
    {
        NotAuthenticated { Reason: AuthenticationFailure.Missing } => new("MissingAuthenticationToken", 403, "Request is missing Authentication Token"),
        NotAuthenticated { Reason: AuthenticationFailure.Malformed } => Error("IncompleteSignature", fault),
        NotAuthenticated { Reason: AuthenticationFailure.Expired } => Error("RequestExpired", fault),
        NotAuthenticated => new("AuthFailure", 401, "AWS was not able to validate the provided access credentials"),
        AccessDenied { Action: not null } denied => new("UnauthorizedOperation", 403, Sentence(denied)),
        AccessDenied => new("UnauthorizedOperation", 403, fault.Message),
        RateExceeded => new("RequestLimitExceeded", 503, "Request limit exceeded."),
        OperationUnknown unknown => Error("InvalidAction", $"The action {unknown.Operation} is not valid for this web service."),
        NotOffered => Error("InvalidAction", fault),
        RequestUnreadable or PageTokenInvalid or ParameterInvalid or ConstraintsViolated or EntityNotFound { Kind: not "Instance Profile" } => Parameter(fault),
        EntityNotFound profile => Error("InvalidParameterValue", $"Value ({profile.Name}) for parameter iamInstanceProfile.name is invalid. Invalid IAM Instance Profile name"),
        RequestTooLarge => new("RequestEntityTooLarge", 413, fault.Message),
        DryRunPassed => new("DryRunOperation", 412, fault.Message),
        NetworkObjectNotFound missing => Error(NotFoundCode(missing.Kind), fault),
        NetworkIdMalformed malformed => Error(MalformedCode(malformed.Kind), fault),
        NetworkObjectInUse => Error("DependencyViolation", fault),
        NetworkRefused refused => Error(CodeOf(refused.Reason), fault),
        EndpointRefused refused => Error(CodeOf(refused.Reason), fault),
        DoorOfOtherService or DoorLeadsElsewhere or DoorOfOtherRegion => new("UnauthorizedOperation", 403, fault.Message),
        StorageUnavailable => new("Unavailable", 503, fault.Message),
        StorageFull or ContentDamaged => new("InternalError", 500, fault.Message),
        _ => null,
    };

    // EC2 names no resource where it means none, and of a call that changes something has the sealed message in the sentence itself.
    private static string Sentence(AccessDenied denied) =>
        denied.Action.StartsWith("ec2:Describe", StringComparison.Ordinal) || denied.EncodedMessage is null
            ? $"You are not authorized to perform this operation. {Shorter(denied)}"
            : $"You are not authorized to perform this operation. {Shorter(denied)}. Encoded authorization failure message: {denied.EncodedMessage}";

    private static string Shorter(AccessDenied denied) => denied.Resource is "*"
        ? denied.Message.Replace(" on resource: *", "", StringComparison.Ordinal)
        : denied.Message;

    private static AwsError Parameter(Fault fault) => fault is PageTokenInvalid
        ? Error("InvalidParameterValue", "Unable to parse pagination token")
        : Error("InvalidParameterValue", fault);

    private static string NotFoundCode(NetworkKind? kind) => kind?.Prefix switch
    {
        "nat-" => "NatGatewayNotFound",
        "vpce-" => "InvalidVpcEndpointId.NotFound",
        "sgr-" => "InvalidSecurityGroupRuleId.NotFound",
        _ => $"{Stem(kind)}.NotFound",
    };

    private static string MalformedCode(NetworkKind? kind) => kind?.Prefix switch
    {
        "nat-" => "NatGatewayMalformed",
        "sg-" => "InvalidGroupId.Malformed",
        "vpce-" => "InvalidVpcEndpointId.Malformed",
        "sgr-" => "InvalidSecurityGroupRuleId.Malformed",
        _ => $"{Stem(kind)}.Malformed",
    };

    private static string Stem(NetworkKind? kind) => kind?.Prefix switch
    {
        "vpc-" => "InvalidVpcID",
        "subnet-" => "InvalidSubnetID",
        "rtb-" => "InvalidRouteTableID",
        "rtbassoc-" or "eipassoc-" => "InvalidAssociationID",
        "igw-" => "InvalidInternetGatewayID",
        "eipalloc-" => "InvalidAllocationID",
        "sg-" => "InvalidGroup",
        "eni-" => "InvalidNetworkInterfaceID",
        "i-" => "InvalidInstanceID",
        _ => "InvalidID",
    };

    private static string CodeOf(NetworkRule rule) => rule switch
    {
        NetworkRule.ParameterCombination => "InvalidParameterCombination",
        NetworkRule.ParameterMissing => "MissingParameter",
        NetworkRule.UnknownParameter => "UnknownParameter",
        NetworkRule.Unsupported => "UnsupportedOperation",
        NetworkRule.VpcRange => "InvalidVpc.Range",
        NetworkRule.SubnetRange => "InvalidSubnet.Range",
        NetworkRule.SubnetConflict => "InvalidSubnet.Conflict",
        NetworkRule.NoFreeAddress => "InsufficientFreeAddressesInSubnet",
        NetworkRule.AddressTaken or NetworkRule.PublicAddressInUse => "InvalidIPAddress.InUse",
        NetworkRule.AlreadyAssociated => "Resource.AlreadyAssociated",
        NetworkRule.NotAttached => "Gateway.NotAttached",
        NetworkRule.RouteExists => "RouteAlreadyExists",
        NetworkRule.RouteNotFound => "InvalidRoute.NotFound",
        NetworkRule.GroupExists => "InvalidGroup.Duplicate",
        NetworkRule.CannotDelete => "CannotDelete",
        NetworkRule.RuleExists => "InvalidPermission.Duplicate",
        NetworkRule.RuleNotFound => "InvalidPermission.NotFound",
        NetworkRule.TokenReused => "IdempotentParameterMismatch",
        NetworkRule.TooManyTags => "TagLimitExceeded",
        NetworkRule.NoSuchId => "InvalidID",
        NetworkRule.State => "IncorrectInstanceState",
        NetworkRule.Forbidden => "OperationNotPermitted",
        NetworkRule.VpcNotSpecified => "VPCIdNotSpecified",
        NetworkRule.AddressLimit => "AddressLimitExceeded",
        NetworkRule.FilterLimit => "FilterLimitExceeded",
        NetworkRule.PublicAddressNotFound => "InvalidAddress.NotFound",
        NetworkRule.RulesLimit => "RulesPerSecurityGroupLimitExceeded",
        NetworkRule.RoutesLimit => "RouteLimitExceeded",
        NetworkRule.OtherNetwork => "InvalidParameter",
        _ => "InvalidParameterValue",
    };

    private static string CodeOf(EndpointRule rule) => rule switch
    {
        EndpointRule.ServiceName => "InvalidServiceName",
        EndpointRule.PolicyDocument => "InvalidPolicyDocument",
        EndpointRule.SameZone => "DuplicateSubnetsInSameZone",
        EndpointRule.RouteExists => "RouteAlreadyExists",
        EndpointRule.Limit => "VpcEndpointLimitExceeded",
        EndpointRule.PrefixList => "InvalidPrefixListId.NotFound",
        _ => "InvalidParameter",
    };

    private static AwsError Error(string code, Fault fault) => new(code, 400, fault.Message);

    private static AwsError Error(string code, string message) => new(code, 400, message);
}
