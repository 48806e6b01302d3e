using Berth.Server.Ecr.Shapes;

namespace Berth.Server.CloudFormation.Types.Ecr;

/// <summary>The properties of <c>AWS::ECR::Repository</c>.</summary>
internal sealed record RepositoryProperties
{
    /// <summary>Whether the repository is deleted with its images.</summary>
    public bool? EmptyOnDelete { get; init; }

    [CreateOnly]
    public EncryptionProperty? EncryptionConfiguration { get; init; }

    public ScanningProperty? ImageScanningConfiguration { get; init; }

    public string? ImageTagMutability { get; init; }

    public IReadOnlyList<ExclusionFilterProperty>? ImageTagMutabilityExclusionFilters { get; init; }

    public LifecyclePolicyProperty? LifecyclePolicy { get; init; }

    [CreateOnly]
    public string? RepositoryName { get; init; }

    [Document]
    public string? RepositoryPolicyText { get; init; }

    public IReadOnlyList<TagProperty>? Tags { get; init; }
}

/// <summary>By what the images lie sealed.</summary>
internal sealed record EncryptionProperty
{
    public required string EncryptionType { get; init; }

    public string? KmsKey { get; init; }

    /// <summary>As requests have it.</summary>
    public EncryptionConfiguration ToShape() => new() { EncryptionType = EncryptionType, KmsKey = KmsKey };
}

/// <summary>Whether images are scanned as they are pushed.</summary>
internal sealed record ScanningProperty
{
    public bool? ScanOnPush { get; init; }
}

/// <summary>Tags that may move, or may not, although the others do not, or do.</summary>
internal sealed record ExclusionFilterProperty
{
    public required string ImageTagMutabilityExclusionFilterType { get; init; }

    public required string ImageTagMutabilityExclusionFilterValue { get; init; }

    /// <summary>As requests have them.</summary>
    public static IReadOnlyList<ExclusionFilter>? ToShapes(IReadOnlyList<ExclusionFilterProperty>? filters) => filters is null
        ? null
        :
        [
            .. filters.Select(filter => new ExclusionFilter
            {
                FilterType = filter.ImageTagMutabilityExclusionFilterType,
                Filter = filter.ImageTagMutabilityExclusionFilterValue,
            }),
        ];
}

/// <summary>What becomes of images with time.</summary>
internal sealed record LifecyclePolicyProperty
{
    public string? LifecyclePolicyText { get; init; }

    public string? RegistryId { get; init; }
}
