namespace Berth.Identity.Entities;

/// <summary>A managed policy, an account's own or one of AWS, as an account sees it.</summary>
public sealed record ManagedPolicy
{
    /// <summary>Its unique id, <c>ANPA...</c>.</summary>
    public required string Id { get; init; }

    /// <summary>In the partition of who asks.</summary>
    public required string Arn { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Begins and ends with a slash.</summary>
    public required string Path { get; init; }

    /// <summary>For people.</summary>
    public string? Description { get; init; }

    /// <summary>The number of the version that counts.</summary>
    public required int DefaultVersion { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the version that counts came to do so.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>How many users, groups and roles of the account it is attached to.</summary>
    public int Attachments { get; init; }

    /// <summary>How many users and roles of the account have it as their boundary.</summary>
    public int Boundaries { get; init; }

    /// <summary>Its tags; none in listings.</summary>
    public IReadOnlyList<EntityTag> Tags { get; init; } = [];

    /// <summary>Whether it is one of AWS.</summary>
    public bool IsOfAws { get; init; }

    /// <summary>By what policies are ordered; one of AWS comes before an account's own of the same name.</summary>
    public string Key => $"{Name.ToLowerInvariant()} {(IsOfAws ? "aws" : "local")}";

    internal static ManagedPolicy Of(AwsManagedPolicy policy, string partition) => new()
    {
        Id = policy.Id,
        Arn = policy.ArnIn(partition),
        Name = policy.Name,
        Path = policy.Path,
        DefaultVersion = policy.Version,
        CreatedAt = policy.CreatedAt,
        UpdatedAt = policy.UpdatedAt,
        IsOfAws = true,
    };
}

/// <summary>A version of a managed policy.</summary>
/// <param name="Number">Never used twice in a policy.</param>
/// <param name="Document">What it says.</param>
/// <param name="IsDefault">Whether it is the one that counts.</param>
/// <param name="CreatedAt">When it was made.</param>
public sealed record PolicyVersion(int Number, string Document, bool IsDefault, DateTimeOffset CreatedAt);

/// <summary>Which managed policies are wanted.</summary>
public sealed record PolicyFilter
{
    /// <summary>Whether those of AWS.</summary>
    public bool OfAws { get; init; } = true;

    /// <summary>Whether the account's own.</summary>
    public bool Local { get; init; } = true;

    /// <summary>Only what lies under it.</summary>
    public string PathPrefix { get; init; } = "/";

    /// <summary>Only those that are attached.</summary>
    public bool IsAttached { get; init; }

    /// <summary>Only those that are a boundary.</summary>
    public bool IsBoundary { get; init; }
}
