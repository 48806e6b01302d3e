namespace Berth.Identity.Entities;

/// <summary>A page of <see cref="AuthorizationDetails"/>.</summary>
public sealed record AuthorizationPage
{
    /// <summary>Users.</summary>
    public IReadOnlyList<UserAuthorization> Users { get; init; } = [];

    /// <summary>Groups.</summary>
    public IReadOnlyList<GroupAuthorization> Groups { get; init; } = [];

    /// <summary>Roles.</summary>
    public IReadOnlyList<RoleAuthorization> Roles { get; init; } = [];

    /// <summary>Managed policies, those of AWS first.</summary>
    public IReadOnlyList<PolicyAuthorization> Policies { get; init; } = [];

    /// <summary>Where the next page begins; null on the last.</summary>
    public string? Next { get; init; }
}

/// <summary>The policies that a user, group or role has by itself.</summary>
/// <param name="Inline">Those that are part of it.</param>
/// <param name="Attached">Those attached to it.</param>
public sealed record GrantedPolicies(IReadOnlyList<InlinePolicy> Inline, IReadOnlyList<AttachedPolicy> Attached);

/// <summary>A user and what it may do.</summary>
/// <param name="User">The user with its tags.</param>
/// <param name="Groups">The names of its groups, whose policies it has too.</param>
/// <param name="Policies">Its own.</param>
public sealed record UserAuthorization(IamUser User, IReadOnlyList<string> Groups, GrantedPolicies Policies);

/// <summary>A group and what its users may do.</summary>
/// <param name="Group">The group.</param>
/// <param name="Policies">Its policies.</param>
public sealed record GroupAuthorization(Entity Group, GrantedPolicies Policies);

/// <summary>A role and what it may do.</summary>
/// <param name="Role">The role with its tags and last use.</param>
/// <param name="Profiles">The instance profiles that have it.</param>
/// <param name="Policies">Its policies.</param>
public sealed record RoleAuthorization(Role Role, IReadOnlyList<InstanceProfile> Profiles, GrantedPolicies Policies);

/// <summary>A managed policy and what it says.</summary>
/// <param name="Policy">The policy, without tags.</param>
/// <param name="Versions">Its versions, the latest first.</param>
public sealed record PolicyAuthorization(ManagedPolicy Policy, IReadOnlyList<PolicyVersion> Versions);
