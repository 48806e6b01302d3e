using Berth.Storage.Blobs;
using Berth.Vocabulary;

namespace Berth.Registry;

/// <summary>A repository that exists, with its settings.</summary>
public sealed record Repository
{
    /// <summary>The row's key. A repository made anew under an old name has another one.</summary>
    public required string Key { get; init; }

    /// <summary>Registry and name.</summary>
    public required RepositoryId Id { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Whether tags may move.</summary>
    public required TagMutabilityRule TagMutability { get; init; }

    /// <summary>Whether an image is to be scanned as it is pushed.</summary>
    public required bool ScanOnPush { get; init; }

    /// <summary>Under whose key its layers lie.</summary>
    public required KeyScope Scope { get; init; }
}

/// <summary>What can be chosen when a repository is made.</summary>
public sealed record RepositorySettings
{
    /// <summary>Whether tags may move.</summary>
    public TagMutabilityRule TagMutability { get; init; } = TagMutabilityRule.Default;

    /// <summary>Whether an image is to be scanned as it is pushed.</summary>
    public bool ScanOnPush { get; init; }

    /// <summary>Resource tags to begin with.</summary>
    public IReadOnlyList<ResourceTag> Tags { get; init; } = [];

    /// <summary>Tags that a service sets, whose keys are reserved; they count towards no quota.</summary>
    public IReadOnlyList<ResourceTag> ServiceTags { get; init; } = [];
}
