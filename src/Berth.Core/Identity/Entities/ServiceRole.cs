namespace Berth.Identity.Entities;

/// <summary>A role that a service of AWS has made for itself (Amazon ECR User Guide, "Using service-linked roles").</summary>
/// <param name="Service">The service's name: whom the role trusts.</param>
/// <param name="Name">The role's name, which nobody chooses.</param>
/// <param name="Policy">The name of the policy attached to it.</param>
public sealed record ServiceRole(string Service, string Name, string Policy)
{
    /// <summary>Those of ECR.</summary>
    public static IReadOnlyList<ServiceRole> All { get; } =
    [
        new("pullthroughcache.ecr.amazonaws.com", "AWSServiceRoleForECRPullThroughCache", "AWSECRPullThroughCache_ServiceRolePolicy"),
        new("replication.ecr.amazonaws.com", "AWSServiceRoleForECRReplication", "ECRReplicationServiceRolePolicy"),
        new("ecr.amazonaws.com", "AWSServiceRoleForECRTemplate", "ECRTemplateServiceRolePolicy"),
    ];

    /// <summary>Where it lies.</summary>
    public string Path => $"{ProtectedRoles.Path}{Service}/";

    /// <summary>The ARN of its policy.</summary>
    public string PolicyArnIn(string partition) => $"arn:{partition}:iam::aws:policy{ProtectedRoles.Path}{Policy}";

    /// <summary>Who may assume it: the service alone.</summary>
    public string Trust =>
        $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"{{Service}}"},"Action":"sts:AssumeRole"}]}""";

    /// <summary>The role of a service, or null.</summary>
    public static ServiceRole? Find(string service) =>
        All.FirstOrDefault(role => string.Equals(role.Service, service, StringComparison.OrdinalIgnoreCase));
}
