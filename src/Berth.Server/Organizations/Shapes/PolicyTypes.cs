using Berth.Identity.Organizations;
using Berth.Server.Aws.Constraints;
using Berth.Vocabulary;

namespace Berth.Server.Organizations.Shapes;

/// <summary>A page of the policies of a type.</summary>
internal abstract record PolicyFilter
{
    [Values(
        "SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY", "TAG_POLICY", "BACKUP_POLICY", "AISERVICES_OPT_OUT_POLICY", "CHATBOT_POLICY",
        "DECLARATIVE_POLICY_EC2", "SECURITYHUB_POLICY", "INSPECTOR_POLICY", "UPGRADE_ROLLOUT_POLICY", "BEDROCK_POLICY", "S3_POLICY",
        "NETWORK_SECURITY_DIRECTOR_POLICY")]
    public required string Filter { get; init; }

    [Length(0, 100_000), Pattern(OrganizationPatterns.Text)]
    public string? NextToken { get; init; }

    [Range(1, 20)]
    public int? MaxResults { get; init; }
}

/// <summary>A type of policies, as an organization shows it.</summary>
internal sealed record PolicyTypeSummary(string Type, string Status)
{
    /// <summary>Those that are in force, from the start and for good.</summary>
    public static IReadOnlyList<PolicyTypeSummary> All() =>
        [new(OrganizationPolicyType.ServiceControl, "ENABLED"), new(OrganizationPolicyType.ResourceControl, "ENABLED")];

    /// <summary>A type that decides about requests; of the others the fault is <see cref="OrganizationPolicyTypeNotAvailable"/>.</summary>
    public static string Get(string type) => type is OrganizationPolicyType.ServiceControl or OrganizationPolicyType.ResourceControl
        ? type
        : throw new OrganizationPolicyTypeNotAvailable(type).AsException();
}
