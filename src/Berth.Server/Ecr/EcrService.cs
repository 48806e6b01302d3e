using Berth.Creation;
using Berth.Identity;
using Berth.Lifecycle;
using Berth.Registry;
using Berth.Server.Aws;
using Berth.Server.Ecr.Images;
using Berth.Server.Ecr.Layers;
using Berth.Server.Ecr.Lifecycle;
using Berth.Server.Ecr.Policies;
using Berth.Server.Ecr.Registry;
using Berth.Server.Ecr.Repositories;
using Berth.Server.Ecr.Tags;
using Berth.Server.Ecr.Templates;
using Berth.Server.Gate;
using Berth.Server.Gate.LayerBucket;

namespace Berth.Server.Ecr;

/// <summary>Amazon Elastic Container Registry.</summary>
internal static class EcrService
{
    /// <summary>The operations that are built.</summary>
    public static Service Create(EcrParts parts) =>
        new Service("ecr", new Json11("AmazonEC2ContainerRegistry_V20150921"))
            .Add(() => new GetAuthorizationToken(parts.AuthorizationTokens, parts.Hosts))
            .Add(() => new DescribeRegistry())
            .Add(() => new GetAccountSetting(parts.AccountSettings))
            .Add(() => new PutAccountSetting(parts.AccountSettings))
            .Add(() => new RegisterPullTimeUpdateExclusion(parts.PullTimeExclusions))
            .Add(() => new DeregisterPullTimeUpdateExclusion(parts.PullTimeExclusions))
            .Add(() => new ListPullTimeUpdateExclusions(parts.PullTimeExclusions, parts.PageTokens))

            .Add(() => new CreateRepository(parts.Repositories, parts.Hosts, parts.Authorizer))
            .Add(() => new DescribeRepositories(parts.Repositories, parts.Hosts, parts.PageTokens))
            .Add(() => new DeleteRepository(parts.RepositoryDeletion, parts.Hosts))
            .Add(() => new PutImageTagMutability(parts.Repositories))
            .Add(() => new PutImageScanningConfiguration(parts.Repositories))

            .Add(() => new CreateRepositoryCreationTemplate(parts.CreationTemplates, parts.Authorizer))
            .Add(() => new DescribeRepositoryCreationTemplates(parts.CreationTemplates, parts.PageTokens))
            .Add(() => new UpdateRepositoryCreationTemplate(parts.CreationTemplates, parts.Authorizer))
            .Add(() => new DeleteRepositoryCreationTemplate(parts.CreationTemplates))

            .Add(() => new SetRepositoryPolicy(parts.RepositoryPolicies))
            .Add(() => new GetRepositoryPolicy(parts.RepositoryPolicies))
            .Add(() => new DeleteRepositoryPolicy(parts.RepositoryPolicies))
            .Add(() => new PutRegistryPolicy(parts.RegistryPolicies))
            .Add(() => new GetRegistryPolicy(parts.RegistryPolicies))
            .Add(() => new DeleteRegistryPolicy(parts.RegistryPolicies))

            .Add(() => new PutLifecyclePolicy(parts.LifecyclePolicies))
            .Add(() => new GetLifecyclePolicy(parts.LifecyclePolicies))
            .Add(() => new DeleteLifecyclePolicy(parts.LifecyclePolicies))
            .Add(() => new StartLifecyclePolicyPreview(parts.LifecyclePreviews))
            .Add(() => new GetLifecyclePolicyPreview(parts.LifecyclePreviews, parts.Repositories, parts.PageTokens))

            .Add(() => new TagResource(parts.ResourceTags))
            .Add(() => new UntagResource(parts.ResourceTags))
            .Add(() => new ListTagsForResource(parts.ResourceTags))

            .Add(() => new ListImages(parts.ImageListing, parts.PageTokens))
            .Add(() => new DescribeImages(parts.ImageListing, parts.Repositories, parts.PageTokens))
            .Add(() => new BatchGetImage(parts.Images, parts.Repositories, parts.Pulls))
            .Add(() => new ListImageReferrers(parts.Referrers, parts.Repositories, parts.PageTokens))
            .Add(() => new PutImage(parts.Images))
            .Add(() => new BatchDeleteImage(parts.ImageDeletion))
            .Add(() => new UpdateImageStorageClass(parts.ImageStorage))

            .Add(() => new BatchCheckLayerAvailability(parts.Layers, parts.Repositories))
            .Add(() => new InitiateLayerUpload(parts.Uploads, parts.CreateOnPush))
            .Add(() => new UploadLayerPart(parts.Uploads))
            .Add(() => new CompleteLayerUpload(parts.Uploads))
            .Add(() => new GetDownloadUrlForLayer(parts.Layers, parts.LayerUrls));
}

/// <summary>What ECR's operations stand on.</summary>
internal sealed record EcrParts
{
    public required Berth.Registry.Repositories Repositories { get; init; }

    public required RepositoryDeletion RepositoryDeletion { get; init; }

    public required CreationTemplates CreationTemplates { get; init; }

    public required CreateOnPush CreateOnPush { get; init; }

    public required RepositoryPolicies RepositoryPolicies { get; init; }

    public required RegistryPolicies RegistryPolicies { get; init; }

    public required LifecyclePolicies LifecyclePolicies { get; init; }

    public required AccountSettings AccountSettings { get; init; }

    public required PullTimeExclusions PullTimeExclusions { get; init; }

    public required LifecyclePreviews LifecyclePreviews { get; init; }

    public required ResourceTags ResourceTags { get; init; }

    public required Berth.Registry.Images Images { get; init; }

    public required ImageListing ImageListing { get; init; }

    public required ImageDeletion ImageDeletion { get; init; }

    public required Referrers Referrers { get; init; }

    public required Pulls Pulls { get; init; }

    public required ImageStorage ImageStorage { get; init; }

    public required Berth.Registry.Layers Layers { get; init; }

    public required Uploads Uploads { get; init; }

    public required AuthorizationTokens AuthorizationTokens { get; init; }

    public required Authorizer Authorizer { get; init; }

    public required RegistryHosts Hosts { get; init; }

    public required PageTokens PageTokens { get; init; }

    public required LayerUrls LayerUrls { get; init; }
}
