namespace Berth.Tests.Models;

/// <summary>The one list of ECR's operations that are not built yet. One that is built is struck off here, or a test fails.</summary>
internal static class NotBuilt
{
    public static IReadOnlyList<string> Ecr { get; } =
    [
        "BatchGetRepositoryScanningConfiguration", "CreatePullThroughCacheRule", "DeletePullThroughCacheRule", "DeleteSigningConfiguration",
        "DescribeImageReplicationStatus", "DescribeImageScanFindings", "DescribeImageSigningStatus", "DescribePullThroughCacheRules",
        "GetRegistryScanningConfiguration", "GetSigningConfiguration", "PutRegistryScanningConfiguration", "PutReplicationConfiguration",
        "PutSigningConfiguration", "StartImageScan", "UpdatePullThroughCacheRule", "ValidatePullThroughCacheRule",
    ];
}
