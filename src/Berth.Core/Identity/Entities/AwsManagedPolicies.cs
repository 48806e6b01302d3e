using System.Collections.Frozen;
using System.Globalization;

namespace Berth.Identity.Entities;

/// <summary>The policies of AWS that are about registries and the machines that use them (AWS Managed Policy Reference Guide).</summary>
public static class AwsManagedPolicies
{
    private static readonly string[] Reading =
    [
        "ecr:GetAuthorizationToken", "ecr:BatchCheckLayerAvailability", "ecr:GetDownloadUrlForLayer", "ecr:GetRepositoryPolicy",
        "ecr:DescribeRepositories", "ecr:ListImages", "ecr:DescribeImages", "ecr:BatchGetImage", "ecr:GetLifecyclePolicy",
        "ecr:GetLifecyclePolicyPreview", "ecr:ListTagsForResource", "ecr:DescribeImageScanFindings",
    ];

    private static readonly string[] PublicReading =
    [
        "ecr-public:GetAuthorizationToken", "sts:GetServiceBearerToken", "ecr-public:BatchCheckLayerAvailability",
        "ecr-public:GetRepositoryPolicy", "ecr-public:DescribeRepositories", "ecr-public:DescribeRegistries", "ecr-public:DescribeImages",
        "ecr-public:DescribeImageTags", "ecr-public:GetRepositoryCatalogData", "ecr-public:GetRegistryCatalogData",
    ];

    private static readonly FrozenDictionary<string, AwsManagedPolicy> ByResource =
        Make().ToFrozenDictionary(policy => ResourceOf(policy.Arn), StringComparer.Ordinal);

    /// <summary>Every one of them, in the order of their names.</summary>
    public static IReadOnlyList<AwsManagedPolicy> All { get; } =
        [.. ByResource.Values.OrderBy(policy => policy.Name.ToLowerInvariant(), StringComparer.Ordinal)];

    /// <summary>The policy of that ARN in whatever partition, or null.</summary>
    public static AwsManagedPolicy? Find(string arn) =>
        arn.Split(':', 6) is ["arn", _, "iam", "", "aws", var resource] ? ByResource.GetValueOrDefault(resource) : null;

    private static IEnumerable<AwsManagedPolicy> Make() =>
    [
        Of("AmazonEC2ContainerRegistryFullAccess", 3, "2015-12-21T17:06:48Z", "2020-12-05T00:04:19Z", AwsPolicyTexts.FullAccess),
        Of("AmazonEC2ContainerRegistryPowerUser", 3, "2015-12-21T17:05:33Z", "2019-12-10T20:48:08Z", AwsPolicyTexts.Allow(
            [.. Reading, "ecr:InitiateLayerUpload", "ecr:UploadLayerPart", "ecr:CompleteLayerUpload", "ecr:PutImage"])),
        Of("AmazonEC2ContainerRegistryPullOnly", 1, "2024-10-04T16:58:49Z", "2024-10-04T16:58:49Z", AwsPolicyTexts.Allow(
            ["ecr:GetAuthorizationToken", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer", "ecr:BatchImportUpstreamImage"])),
        Of("AmazonEC2ContainerRegistryReadOnly", 3, "2015-12-21T17:04:15Z", "2019-12-10T20:56:32Z", AwsPolicyTexts.Allow(Reading)),
        Of("AmazonEKSWorkerNodeMinimalPolicy", 1, "2024-10-02T20:03:51Z", "2024-10-02T20:03:51Z", AwsPolicyTexts.Allow(
            ["eks-auth:AssumeRoleForPodIdentity"], "WorkerNodePermissions")),
        Of("AmazonElasticContainerRegistryPublicFullAccess", 1, "2020-12-01T17:25:52Z", "2020-12-01T17:25:52Z", AwsPolicyTexts.Allow(
            ["ecr-public:*", "sts:GetServiceBearerToken"])),
        Of("AmazonElasticContainerRegistryPublicPowerUser", 1, "2020-12-01T16:16:54Z", "2020-12-01T16:16:54Z", AwsPolicyTexts.Allow(
        [
            .. PublicReading, "ecr-public:InitiateLayerUpload", "ecr-public:UploadLayerPart", "ecr-public:CompleteLayerUpload",
            "ecr-public:PutImage",
        ])),
        Of("AmazonElasticContainerRegistryPublicReadOnly", 1, "2020-12-01T17:27:04Z", "2020-12-01T17:27:04Z", AwsPolicyTexts.Allow(PublicReading)),
        Of("AmazonSSMManagedInstanceCore", 2, "2019-03-15T17:22:12Z", "2019-05-23T16:54:21Z", AwsPolicyTexts.ManagedInstance),
        Of("aws-service-role/AWSECRPullThroughCache_ServiceRolePolicy", 4, "2021-11-26T21:51:00Z", "2026-05-12T00:00:00Z", AwsPolicyTexts.PullThroughCache),
        Of("aws-service-role/ECRReplicationServiceRolePolicy", 1, "2020-12-04T22:11:28Z", "2020-12-04T22:11:28Z", AwsPolicyTexts.Allow(
            ["ecr:CreateRepository", "ecr:ReplicateImage"])),
        Of("aws-service-role/ECRTemplateServiceRolePolicy", 1, "2024-06-19T23:11:37Z", "2024-06-19T23:11:37Z", AwsPolicyTexts.Allow(
            ["ecr:CreateRepository"], "CreateRepositoryWithTemplate")),
        Of("service-role/AWSAppRunnerServicePolicyForECRAccess", 1, "2021-05-14T19:17:21Z", "2021-05-14T19:17:21Z", AwsPolicyTexts.Allow(
        [
            "ecr:GetDownloadUrlForLayer", "ecr:BatchGetImage", "ecr:DescribeImages", "ecr:GetAuthorizationToken",
            "ecr:BatchCheckLayerAvailability",
        ])),
        Of("service-role/AmazonECSTaskExecutionRolePolicy", 1, "2017-11-16T18:48:22Z", "2017-11-16T18:48:22Z", AwsPolicyTexts.Allow(
        [
            "ecr:GetAuthorizationToken", "ecr:BatchCheckLayerAvailability", "ecr:GetDownloadUrlForLayer", "ecr:BatchGetImage",
            "logs:CreateLogStream", "logs:PutLogEvents",
        ])),
    ];

    private static AwsManagedPolicy Of(string name, int version, string created, string updated, string document) =>
        new($"arn:aws:iam::aws:policy/{name}", version, Moment(created), Moment(updated), document);

    private static string ResourceOf(string arn) => arn.Split(':', 6)[5];

    private static DateTimeOffset Moment(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
