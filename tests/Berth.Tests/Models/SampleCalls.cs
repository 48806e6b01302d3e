using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Berth.Tests.Ecr;
using Berth.Tests.Gate;
using Berth.Vocabulary;

namespace Berth.Tests.Models;

/// <summary>A registry in which every operation of ECR's has something to do, and one call of each that succeeds there.</summary>
internal static class SampleCalls
{
    private const string Policy = """{"Version":"2012-10-17","Statement":[{"Sid":"pull","Effect":"Allow","Principal":{"AWS":"123456789012"},"Action":"ecr:BatchGetImage"}]}""";

    private const string RegistryPolicy =
        """{"Version":"2012-10-17","Statement":[{"Sid":"pull","Effect":"Allow","Principal":{"AWS":"123456789012"},"Action":"ecr:BatchGetImage","Resource":"*"}]}""";

    private const string Rules =
        """{"rules":[{"rulePriority":1,"selection":{"tagStatus":"any","countType":"imageCountMoreThan","countNumber":9},"action":{"type":"expire"}}]}""";

    private const string Role = "arn:aws:iam::123456789012:role/puller";

    private static readonly string Config = Digest.Sha256Of(EcrHost.Config).ToString();

    private static readonly string[] Replication = ["REPLICATION"];

    private static readonly object[] Blue = [new { Key = "team", Value = "blue" }];

    private static readonly string Arn = "arn:aws:ecr:us-east-1:123456789012:repository/app";

    /// <summary>The calls, in the order of the service's list.</summary>
    public static IReadOnlyDictionary<string, Func<Registry, object>> All { get; } = new Dictionary<string, Func<Registry, object>>(StringComparer.Ordinal)
    {
        ["GetAuthorizationToken"] = _ => new { registryIds = new[] { "123456789012" } },
        ["DescribeRegistry"] = _ => new { },
        ["GetAccountSetting"] = _ => new { name = "BLOB_MOUNTING" },
        ["PutAccountSetting"] = _ => new { name = "BLOB_MOUNTING", value = "DISABLED" },
        ["RegisterPullTimeUpdateExclusion"] = _ => new { principalArn = "arn:aws:iam::123456789012:role/scanner" },
        ["DeregisterPullTimeUpdateExclusion"] = _ => new { principalArn = Role },
        ["ListPullTimeUpdateExclusions"] = _ => new { maxResults = 1 },
        ["CreateRepository"] = _ => new { repositoryName = "other", tags = new[] { new { Key = "team", Value = "blue" } } },
        ["DescribeRepositories"] = _ => new { repositoryNames = new[] { "app" } },
        ["DeleteRepository"] = _ => new { repositoryName = "app", force = true },
        ["PutImageTagMutability"] = _ => new { repositoryName = "app", imageTagMutability = "IMMUTABLE" },
        ["PutImageScanningConfiguration"] = _ => new { repositoryName = "app", imageScanningConfiguration = new { scanOnPush = true } },
        ["CreateRepositoryCreationTemplate"] = _ => new { prefix = "prod", appliedFor = new[] { "CREATE_ON_PUSH" }, repositoryPolicy = Policy },
        ["DescribeRepositoryCreationTemplates"] = _ => new { prefixes = new[] { "team" } },
        ["UpdateRepositoryCreationTemplate"] = _ => new { prefix = "team", description = "for teams" },
        ["DeleteRepositoryCreationTemplate"] = _ => new { prefix = "team" },
        ["SetRepositoryPolicy"] = _ => new { repositoryName = "app", policyText = Policy },
        ["GetRepositoryPolicy"] = _ => new { repositoryName = "app" },
        ["DeleteRepositoryPolicy"] = _ => new { repositoryName = "app" },
        ["PutRegistryPolicy"] = _ => new { policyText = RegistryPolicy },
        ["GetRegistryPolicy"] = _ => new { },
        ["DeleteRegistryPolicy"] = _ => new { },
        ["PutLifecyclePolicy"] = _ => new { repositoryName = "app", lifecyclePolicyText = Rules },
        ["GetLifecyclePolicy"] = _ => new { repositoryName = "app" },
        ["DeleteLifecyclePolicy"] = _ => new { repositoryName = "app" },
        ["StartLifecyclePolicyPreview"] = _ => new { repositoryName = "quiet", lifecyclePolicyText = Rules },
        ["GetLifecyclePolicyPreview"] = _ => new { repositoryName = "app", maxResults = 1 },
        ["TagResource"] = _ => new { resourceArn = Arn, tags = new[] { new { Key = "team", Value = "red" } } },
        ["UntagResource"] = _ => new { resourceArn = Arn, tagKeys = new[] { "team" } },
        ["ListTagsForResource"] = _ => new { resourceArn = Arn },
        ["ListImages"] = _ => new { repositoryName = "app", maxResults = 1 },
        ["DescribeImages"] = _ => new { repositoryName = "app", maxResults = 1 },
        ["BatchGetImage"] = _ => new { repositoryName = "app", imageIds = new[] { new { imageTag = "v1" }, new { imageTag = "none" } } },
        ["ListImageReferrers"] = _ => new { repositoryName = "app", subjectId = new { imageDigest = EcrHost.DigestOf("one") } },
        ["PutImage"] = _ => new { repositoryName = "app", imageManifest = EcrHost.Manifest("three"), imageTag = "v3" },
        ["BatchDeleteImage"] = _ => new { repositoryName = "app", imageIds = new[] { new { imageTag = "v1" }, new { imageTag = "none" } } },
        ["UpdateImageStorageClass"] = _ => new { repositoryName = "app", imageId = new { imageTag = "v1" }, targetStorageClass = "ARCHIVE" },
        ["BatchCheckLayerAvailability"] = _ => new { repositoryName = "app", layerDigests = new[] { Config, EcrHost.DigestOf("none") } },
        ["InitiateLayerUpload"] = _ => new { repositoryName = "app" },
        ["UploadLayerPart"] = registry => EcrHost.Part("app", registry.Upload, 0, "a part"u8.ToArray()),
        ["CompleteLayerUpload"] = registry => new
        {
            repositoryName = "app",
            uploadId = registry.FullUpload,
            layerDigests = new[] { Digest.Sha256Of("another layer"u8).ToString() },
        },
        ["GetDownloadUrlForLayer"] = _ => new { repositoryName = "app", layerDigest = Config },
    };

    /// <summary>The call of an operation as JSON that can be changed.</summary>
    public static JsonObject RequestOf(string operation, Registry registry) => JsonSerializer.SerializeToNode(All[operation](registry))!.AsObject();

    /// <summary>Arranges the registry.</summary>
    public static async Task<Registry> ArrangeAsync(Actor root)
    {
        await root.DoAsync("CreateRepository", new { repositoryName = "quiet" });
        await root.DoAsync("CreateRepository", new { repositoryName = "app", tags = Blue });
        await root.DoAsync("SetRepositoryPolicy", new { repositoryName = "app", policyText = Policy });
        await root.DoAsync("PutRegistryPolicy", new { policyText = RegistryPolicy });
        await root.DoAsync("CreateRepositoryCreationTemplate", new { prefix = "team", appliedFor = Replication });
        await root.DoAsync("RegisterPullTimeUpdateExclusion", new { principalArn = Role });
        await UploadAsync(root, EcrHost.Config, completes: true);
        await UploadAsync(root, EcrHost.Layer, completes: true);
        await root.DoAsync("PutImage", new { repositoryName = "app", imageManifest = EcrHost.Manifest("one"), imageTag = "v1" });
        await root.DoAsync("PutImage", new { repositoryName = "app", imageManifest = EcrHost.Manifest("two") });
        await root.DoAsync("PutImage", new { repositoryName = "app", imageManifest = Referrer() });
        await root.DoAsync("PutLifecyclePolicy", new { repositoryName = "app", lifecyclePolicyText = Rules });
        await root.DoAsync("StartLifecyclePolicyPreview", new { repositoryName = "app" });
        return new(
            (await root.DoAsync("InitiateLayerUpload", new { repositoryName = "app" })).GetProperty("uploadId").GetString()!,
            await UploadAsync(root, "another layer"u8.ToArray(), completes: false));
    }

    private static async Task<string> UploadAsync(Actor root, byte[] content, bool completes)
    {
        var upload = (await root.DoAsync("InitiateLayerUpload", new { repositoryName = "app" })).GetProperty("uploadId").GetString()!;
        await root.DoAsync("UploadLayerPart", EcrHost.Part("app", upload, 0, content));
        if (completes)
        {
            var digests = new[] { Digest.Sha256Of(content).ToString() };
            await root.DoAsync("CompleteLayerUpload", new { repositoryName = "app", uploadId = upload, layerDigests = digests });
        }

        return upload;
    }

    private static string Referrer() => JsonSerializer.Serialize(new
    {
        schemaVersion = 2,
        mediaType = MediaType.OciManifest,
        artifactType = "application/x-signature",
        config = new { mediaType = "application/vnd.oci.empty.v1+json", size = EcrHost.Config.Length, digest = Config },
        layers = Array.Empty<object>(),
        subject = new { mediaType = EcrHost.ManifestType, size = Encoding.UTF8.GetByteCount(EcrHost.Manifest("one")), digest = EcrHost.DigestOf("one") },
    });
}

/// <summary>What calls need to know of the registry.</summary>
/// <param name="Upload">An upload that has nothing yet.</param>
/// <param name="FullUpload">An upload that is to be completed.</param>
internal sealed record Registry(string Upload, string FullUpload);
