namespace Berth.Identity.Entities;

/// <summary>A role: whom it stands for is decided by its trust, what it may do by its policies.</summary>
/// <param name="Entity">What it has in common with users and others.</param>
/// <param name="Trust">Who may assume it, with principals as ARNs.</param>
/// <param name="LongestSession">How long a session of it may last.</param>
public sealed record Role(Entity Entity, string Trust, TimeSpan LongestSession)
{
    /// <summary>When and where it was last used; null when it never was, and in listings.</summary>
    public RoleUse? LastUsed { get; init; }

    /// <summary>Its tags; none in listings.</summary>
    public IReadOnlyList<EntityTag> Tags { get; init; } = [];
}

/// <summary>A use of a role.</summary>
/// <param name="At">When a session of it last did something.</param>
/// <param name="Region">Where.</param>
public sealed record RoleUse(DateTimeOffset At, string Region);

/// <summary>What is asked for when a role is made.</summary>
/// <param name="Entity">Name, path, description, boundary and tags.</param>
/// <param name="Trust">Who may assume it, with principals as ARNs.</param>
public sealed record NewRole(NewEntity Entity, string Trust)
{
    /// <summary>How long a session may last unless it is said (CreateRole: MaxSessionDuration).</summary>
    public static readonly TimeSpan UsualSession = TimeSpan.FromHours(1);

    /// <summary>How long a session of it may last.</summary>
    public TimeSpan LongestSession { get; init; } = UsualSession;
}

/// <summary>What is to change of a role; null leaves it as it is.</summary>
/// <param name="Description">For people.</param>
/// <param name="LongestSession">How long a session of it may last.</param>
public readonly record struct RoleChange(string? Description, TimeSpan? LongestSession);
