using Berth.Vocabulary;

namespace Berth.Identity.Entities;

/// <summary>What users, groups, roles, instance profiles, managed policies and providers have in common.</summary>
public sealed record Entity
{
    /// <summary>Never used twice: 21 characters, such as <c>AIDA...</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The account it belongs to.</summary>
    public required AccountId Account { get; init; }

    /// <summary>What it is.</summary>
    public required EntityKind Kind { get; init; }

    /// <summary>Its name, in the case it was given; unique in its account whatever the case.</summary>
    public required string Name { get; init; }

    /// <summary>Begins and ends with a slash.</summary>
    public string Path { get; init; } = "/";

    /// <summary>Its ARN, with path and name.</summary>
    public required string Arn { get; init; }

    /// <summary>For people.</summary>
    public string? Description { get; init; }

    /// <summary>The ARN of the managed policy that is its permissions boundary.</summary>
    public string? Boundary { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>Which entity is meant: an account, a kind and a name.</summary>
/// <param name="Scope">The account.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Name">Its name in any case.</param>
public readonly record struct EntityName(AccountScope Scope, EntityKind Kind, string Name)
{
    /// <summary>The name as it is compared: names that differ by case only are one name.</summary>
    public string Key => Name.ToLowerInvariant();

    /// <summary>The ARN of an entity of that name under a path.</summary>
    public string ArnUnder(string path) => $"arn:{Scope.Partition}:iam::{Scope.Account}:{Kind.Name}{path}{Name}";
}

/// <summary>An account as IAM knows it: with the partition in which its ARNs lie.</summary>
/// <param name="Account">The account.</param>
/// <param name="Partition">See <see cref="RegionName.Partition"/>.</param>
public readonly record struct AccountScope(AccountId Account, string Partition);
