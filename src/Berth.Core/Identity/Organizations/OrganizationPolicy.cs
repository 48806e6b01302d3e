namespace Berth.Identity.Organizations;

/// <summary>The kinds of policies that limit whole accounts.</summary>
public static class OrganizationPolicyType
{
    /// <summary>What principals of an account may do at most.</summary>
    public const string ServiceControl = "SERVICE_CONTROL_POLICY";

    /// <summary>What anybody may do at most with resources of an account.</summary>
    public const string ResourceControl = "RESOURCE_CONTROL_POLICY";
}

/// <summary>A policy of the organization.</summary>
/// <param name="Id">Such as <c>p-a1b2c3d4</c>.</param>
/// <param name="Type">See <see cref="OrganizationPolicyType"/>.</param>
/// <param name="Name">Unique among those of its type.</param>
/// <param name="Description">For people.</param>
/// <param name="Document">Its text.</param>
public sealed record OrganizationPolicy(string Id, string Type, string Name, string Description, string Document)
{
    /// <summary>AWS's policy that lets principals do everything.</summary>
    public static readonly OrganizationPolicy FullAccess = new(
        "p-FullAWSAccess", OrganizationPolicyType.ServiceControl, "FullAWSAccess", "Allows access to every operation", AllowAll(principal: ""));

    /// <summary>AWS's policy that lets everything be done with resources.</summary>
    public static readonly OrganizationPolicy FullResourceAccess = new(
        "p-RCPFullAWSAccess",
        OrganizationPolicyType.ResourceControl,
        "RCPFullAWSAccess",
        "Allows access to every resource",
        AllowAll("""
            "Principal":"*",
            """));

    /// <summary>Whether it is AWS's, and cannot be changed.</summary>
    public bool IsAwsManaged => Managed(Type) == this;

    /// <summary>AWS's policy of a type.</summary>
    public static OrganizationPolicy Managed(string type) => type is OrganizationPolicyType.ServiceControl ? FullAccess : FullResourceAccess;

    private static string AllowAll(string principal) =>
        $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow",{{principal}}"Action":"*","Resource":"*"}]}""";
}
