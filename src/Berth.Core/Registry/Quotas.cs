using System.Collections.Immutable;

namespace Berth.Registry;

/// <summary>How much a registry holds: ECR's published quotas (user guide, "Amazon ECR service quotas", 2026).</summary>
public sealed record Quotas
{
    /// <summary>Repositories in a registry.</summary>
    public int Repositories { get; init; } = 100_000;

    /// <summary>Images in a repository.</summary>
    public int ImagesPerRepository { get; init; } = 100_000;

    /// <summary>Tags on an image.</summary>
    public int TagsPerImage { get; init; } = 1_000;

    /// <summary>Resource tags on a repository.</summary>
    public int ResourceTags { get; init; } = 50;

    /// <summary>Users and roles of a registry whose pulls leave no time behind.</summary>
    public int PullTimeExclusions { get; init; } = 100;

    /// <summary>Bytes in a layer: 52,000 MiB.</summary>
    public long LayerSize { get; init; } = 52_000L * 1024 * 1024;

    /// <summary>The least bytes of a layer part that is not the last, over ECR's API: 5 MiB.</summary>
    public const long MinLayerPart = 5L * 1024 * 1024;

    /// <summary>Calls a second by their names in policies, such as <c>ecr:PutImage</c>; one that is not in it is not limited.</summary>
    public ImmutableDictionary<string, int> Rates { get; init; } = ImmutableDictionary.Create<string, int>(StringComparer.Ordinal);

    /// <summary>The rates that ECR publishes (user guide, "Amazon ECR service quotas", 2026).</summary>
    public static ImmutableDictionary<string, int> EcrRates { get; } = new Dictionary<string, int>(StringComparer.Ordinal)
    {
        ["ecr:GetAuthorizationToken"] = 500,
        ["ecr:BatchCheckLayerAvailability"] = 1_000,
        ["ecr:InitiateLayerUpload"] = 100,
        ["ecr:UploadLayerPart"] = 500,
        ["ecr:CompleteLayerUpload"] = 100,
        ["ecr:PutImage"] = 10,
        ["ecr:BatchGetImage"] = 2_000,
        ["ecr:GetDownloadUrlForLayer"] = 3_000,
    }.ToImmutableDictionary(StringComparer.Ordinal);
}
