using Berth.Identity.Organizations;

namespace Berth.Server.Organizations.Shapes;

/// <summary>A policy with its text.</summary>
internal sealed record PolicyDetail(PolicySummary PolicySummary, string Content)
{
    /// <summary>A policy as the wire has it.</summary>
    public static PolicyDetail Of(OrganizationPolicy policy, Organization organization) => new(PolicySummary.Of(policy, organization), policy.Document);
}

/// <summary>A policy without its text.</summary>
internal sealed record PolicySummary(string Id, string Arn, string Name, string Description, string Type, bool AwsManaged)
{
    /// <summary>A policy as listings have it.</summary>
    public static PolicySummary Of(OrganizationPolicy policy, Organization organization)
    {
        var (id, type) = (policy.Id, policy.Type.ToLowerInvariant());
        var arn = policy.IsAwsManaged
            ? $"arn:{organization.Partition}:organizations::aws:policy/{type}/{id}"
            : $"arn:{organization.Partition}:organizations::{organization.Management}:policy/{organization.Id}/{type}/{id}";
        return new(id, arn, policy.Name, policy.Description, policy.Type, policy.IsAwsManaged);
    }
}
