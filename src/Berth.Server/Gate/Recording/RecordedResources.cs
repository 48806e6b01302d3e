using Berth.Trail;

namespace Berth.Server.Gate.Recording;

/// <summary>What a call was about, by the ARNs that it was authorized on.</summary>
internal static class RecordedResources
{
    /// <summary>The most that one record names.</summary>
    public const int Most = 100;

    /// <summary>The resource of an ARN; null for one that stands for several or for none in particular.</summary>
    public static TrailResource? Find(string arn) =>
        !arn.EndsWith('*') && !arn.AsSpan().ContainsAnyInRange('\0', ' ') && arn.Split(':', 6) is ["arn", _, var service, _, _, var resource] && TypeOf(service, resource) is { } type
            ? new(type, arn)
            : null;

    private static string? TypeOf(string service, string resource) => (service, resource.Split('/', 2)[0]) switch
    {
        ("ecr", "repository") => TrailResource.Repository,
        ("iam", "user") => "AWS::IAM::User",
        ("iam", "role") => "AWS::IAM::Role",
        ("iam", "group") => "AWS::IAM::Group",
        ("iam", "policy") => "AWS::IAM::Policy",
        ("iam", "instance-profile") => "AWS::IAM::InstanceProfile",
        ("iam", "oidc-provider") => "AWS::IAM::OIDCProvider",
        ("organizations", "policy") => "AWS::Organizations::Policy",
        ("organizations", "account") => "AWS::Organizations::Account",
        ("sts", "federated-user") => "AWS::STS::FederatedUser",
        ("ec2", "instance") => "AWS::EC2::Instance",
        _ => null,
    };
}
