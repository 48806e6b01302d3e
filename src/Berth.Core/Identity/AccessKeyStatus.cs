namespace Berth.Identity;

/// <summary>What may be told of a key.</summary>
public sealed record AccessKeyStatus
{
    /// <summary>Such as <c>AKIA...</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The user's name; null for a root's key.</summary>
    public string? UserName { get; init; }

    /// <summary>Whether it signs.</summary>
    public required bool IsActive { get; init; }

    /// <summary>When it was made; null for a key that the host gave.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When it was last good; null when it never was, as far as was recorded.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>Where; null as <see cref="LastUsedAt"/> is.</summary>
    public AccessKeyUse? LastUse { get; init; }
}
