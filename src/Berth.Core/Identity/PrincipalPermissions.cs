using Berth.Identity.Entities;
using Berth.Policy.Documents;

namespace Berth.Identity;

/// <summary>What a user, a role or a root may do by its own side, and what conditions may read of it.</summary>
public sealed record PrincipalPermissions
{
    /// <summary>The ARN of the user, of the role with its path, or of the root: <c>aws:PrincipalArn</c> and what policies name.</summary>
    public required string Arn { get; init; }

    /// <summary>The user's or role's name; null for a root.</summary>
    public string? Name { get; init; }

    /// <summary>Its inline and attached policies, and for a user those of its groups.</summary>
    public IReadOnlyList<PolicyDocument> Policies { get; init; } = [];

    /// <summary>Its permissions boundary.</summary>
    public PolicyDocument? Boundary { get; init; }

    /// <summary>Its tags.</summary>
    public IReadOnlyList<EntityTag> Tags { get; init; } = [];
}
