namespace Berth.Registry;

/// <summary>ECR's IAM actions (Service Authorization Reference, "Actions, resources, and condition keys for Amazon ECR").</summary>
internal static class EcrActions
{
    /// <summary>Those that are on a repository; some are permissions alone and no operations.</summary>
    public static IReadOnlyList<string> OnRepositories { get; } =
    [
        "BatchCheckLayerAvailability", "BatchDeleteImage", "BatchGetImage", "BatchGetRepositoryScanningConfiguration",
        "BatchImportUpstreamImage", "CompleteLayerUpload", "CreateRepository", "DeleteLifecyclePolicy", "DeleteRepository",
        "DeleteRepositoryPolicy", "DescribeImageReplicationStatus", "DescribeImages", "DescribeImageScanFindings",
        "DescribeImageSigningStatus", "DescribeRepositories", "GetDownloadUrlForLayer", "GetImageCopyStatus", "GetLifecyclePolicy",
        "GetLifecyclePolicyPreview", "GetRepositoryPolicy", "InitiateLayerUpload", "ListImageReferrers", "ListImages",
        "ListTagsForResource", "PutImage", "PutImageScanningConfiguration", "PutImageTagMutability", "PutLifecyclePolicy",
        "ReplicateImage", "SetRepositoryPolicy", "StartImageScan", "StartLifecyclePolicyPreview", "TagResource", "UntagResource",
        "UpdateImageStorageClass", "UploadLayerPart",
    ];

    /// <summary>Those that are calls, whatever they are on.</summary>
    public static IEnumerable<string> Calls =>
        OnRepositories.Concat(OnRegistries).Append("GetAuthorizationToken").Except(["BatchImportUpstreamImage", "ReplicateImage"], StringComparer.Ordinal);

    /// <summary>
    /// Those of which a registry's policy speaks for an account that has set its scope to <c>V1</c>; for all others it speaks of
    /// every action (user guide, "Private registry permissions").
    /// </summary>
    public static IReadOnlyList<string> InOlderRegistryPolicies { get; } = ["BatchImportUpstreamImage", "CreateRepository", "ReplicateImage"];

    /// <summary>Those that are on a registry as such. A token is for every registry, so no policy of one speaks of it.</summary>
    public static IReadOnlyList<string> OnRegistries { get; } =
    [
        "CreatePullThroughCacheRule", "CreateRepositoryCreationTemplate", "DeletePullThroughCacheRule", "DeleteRegistryPolicy",
        "DeleteRepositoryCreationTemplate", "DeleteSigningConfiguration", "DeregisterPullTimeUpdateExclusion",
        "DescribePullThroughCacheRules", "DescribeRegistry", "DescribeRepositoryCreationTemplates", "GetAccountSetting",
        "GetRegistryPolicy", "GetRegistryScanningConfiguration", "GetSigningConfiguration", "ListPullTimeUpdateExclusions",
        "PutAccountSetting", "PutRegistryPolicy", "PutRegistryScanningConfiguration", "PutReplicationConfiguration",
        "PutSigningConfiguration", "RegisterPullTimeUpdateExclusion", "UpdatePullThroughCacheRule",
        "UpdateRepositoryCreationTemplate", "ValidatePullThroughCacheRule",
    ];
}
