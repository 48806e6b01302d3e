using Berth.Server.Ecr.Lifecycle;
using Berth.Server.Ecr.Policies;
using Berth.Server.Ecr.Repositories;
using Berth.Server.Ecr.Shapes;
using Berth.Server.Ecr.Tags;
using Berth.Stacks;
using Berth.Vocabulary;

namespace Berth.Server.CloudFormation.Types.Ecr;

/// <summary>A repository. The calls come in the order in which ECR's own type makes them.</summary>
internal sealed class RepositoryType(ResourceCalls calls, MadeRepositories made) : ResourceType<RepositoryProperties>(calls)
{
    private const int LongestName = 256;

    /// <inheritdoc/>
    public override string Name => "AWS::ECR::Repository";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Attributes => ["Arn", "RepositoryUri"];

    /// <inheritdoc/>
    protected override async Task<ResourceProgress> MakeAsync(ResourceWork work, RepositoryProperties properties, CancellationToken cancel)
    {
        var name = properties.RepositoryName ?? work.NameOf(LongestName).ToLowerInvariant();
        var earlier = await made.FindAsync(work, name, cancel);
        var repository = earlier?.Detail ?? await CreateAsync(work, name, properties, cancel);
        var state = new ResourceState(name, new() { ["Arn"] = repository.RepositoryArn, ["RepositoryUri"] = repository.RepositoryUri });
        return await FinishAsync(state, async () =>
        {
            if (properties.LifecyclePolicy is { } lifecycle && earlier is not { HasLifecyclePolicy: true })
            {
                await PutLifecycleAsync(work, name, lifecycle, cancel);
            }

            // A policy may deny its author everything, so one that an earlier attempt has set is not set again.
            if (properties.RepositoryPolicyText is { } policy && earlier is not { HasPolicy: true })
            {
                await Calls.DoAsync(work, new SetRepositoryPolicy.Request { RepositoryName = name, PolicyText = policy }, cancel);
            }
        });
    }

    /// <inheritdoc/>
    protected override async Task<ResourceProgress> ChangeAsync(
        ResourceWork work, ResourceState state, Change<RepositoryProperties> change, CancellationToken cancel)
    {
        var (name, after) = (state.PhysicalId, change.After);
        await (after.RepositoryPolicyText is { } policy
            ? Calls.DoAsync(work, new SetRepositoryPolicy.Request { RepositoryName = name, PolicyText = policy }, cancel)
            : DeletePolicyAsync(work, name, cancel));
        await (after.LifecyclePolicy is { } lifecycle
            ? PutLifecycleAsync(work, name, lifecycle, cancel)
            : DeleteLifecycleAsync(work, name, cancel));
        await PutMutabilityAsync(work, name, change, cancel);
        await PutScanningAsync(work, name, change, cancel);
        await TagAsync(work, state, change, cancel);
        return new(state, IsDone: true);
    }

    /// <inheritdoc/>
    protected override Task RemoveAsync(ResourceWork work, ResourceState state, RepositoryProperties properties, CancellationToken cancel) =>
        Calls.RemoveAsync<RepositoryNotFound>(
            work, new DeleteRepository.Request { RepositoryName = state.PhysicalId, Force = properties.EmptyOnDelete is true ? true : null }, cancel);

    private async Task<RepositoryDetail> CreateAsync(ResourceWork work, string name, RepositoryProperties properties, CancellationToken cancel)
    {
        var request = new CreateRepository.Request
        {
            RepositoryName = name,
            Tags = Entries(ResourceTagSet.Of(work, properties.Tags)),
            ImageTagMutability = properties.ImageTagMutability,
            ImageTagMutabilityExclusionFilters = ExclusionFilterProperty.ToShapes(properties.ImageTagMutabilityExclusionFilters),
            ImageScanningConfiguration = properties.ImageScanningConfiguration is { } scanning ? new() { ScanOnPush = scanning.ScanOnPush } : null,
            EncryptionConfiguration = properties.EncryptionConfiguration?.ToShape(),
        };
        try
        {
            return (await Calls.CallAsync<CreateRepository.Response>(work, request, cancel)).Repository;
        }
        catch (ServiceRefusal refusal) when (refusal.Fault is RepositoryAlreadyExists)
        {
            throw new ResourceAlreadyExists(Name, name).AsException();
        }
    }

    private Task PutLifecycleAsync(ResourceWork work, string name, LifecyclePolicyProperty lifecycle, CancellationToken cancel) => Calls.DoAsync(
        work,
        new PutLifecyclePolicy.Request
        {
            RegistryId = lifecycle.RegistryId,
            RepositoryName = name,
            LifecyclePolicyText = lifecycle.LifecyclePolicyText ?? "",
        },
        cancel);

    // Looking first needs no permission to delete where there is nothing to delete.
    private async Task DeletePolicyAsync(ResourceWork work, string name, CancellationToken cancel)
    {
        if (await IsThereAsync<RepositoryPolicyNotFound>(work, new GetRepositoryPolicy.Request { RepositoryName = name }, cancel))
        {
            await Calls.RemoveAsync<RepositoryPolicyNotFound>(work, new DeleteRepositoryPolicy.Request { RepositoryName = name }, cancel);
        }
    }

    private async Task DeleteLifecycleAsync(ResourceWork work, string name, CancellationToken cancel)
    {
        if (await IsThereAsync<LifecyclePolicyNotFound>(work, new GetLifecyclePolicy.Request { RepositoryName = name }, cancel))
        {
            await Calls.RemoveAsync<LifecyclePolicyNotFound>(work, new DeleteLifecyclePolicy.Request { RepositoryName = name }, cancel);
        }
    }

    private async Task<bool> IsThereAsync<TMissing>(ResourceWork work, object request, CancellationToken cancel)
        where TMissing : Fault
    {
        try
        {
            await Calls.DoAsync(work, request, cancel);
            return true;
        }
        catch (ServiceRefusal refusal) when (refusal.Fault is TMissing)
        {
            return false;
        }
    }

    private async Task PutMutabilityAsync(ResourceWork work, string name, Change<RepositoryProperties> change, CancellationToken cancel)
    {
        if ((change.After.ImageTagMutability ?? (change.Before.ImageTagMutability is null ? null : "MUTABLE")) is { } mutability)
        {
            var filters = ExclusionFilterProperty.ToShapes(change.After.ImageTagMutabilityExclusionFilters);
            await Calls.DoAsync(
                work,
                new PutImageTagMutability.Request
                {
                    RepositoryName = name,
                    ImageTagMutability = mutability,
                    ImageTagMutabilityExclusionFilters = filters,
                },
                cancel);
        }
    }

    private async Task PutScanningAsync(ResourceWork work, string name, Change<RepositoryProperties> change, CancellationToken cancel)
    {
        if ((change.After.ImageScanningConfiguration ?? (change.Before.ImageScanningConfiguration is null ? null : new())) is { } scanning)
        {
            var shape = new ImageScanningConfiguration { ScanOnPush = scanning.ScanOnPush ?? false };
            await Calls.DoAsync(
                work, new PutImageScanningConfiguration.Request { RepositoryName = name, ImageScanningConfiguration = shape }, cancel);
        }
    }

    private async Task TagAsync(ResourceWork work, ResourceState state, Change<RepositoryProperties> change, CancellationToken cancel)
    {
        var arn = new RepositoryId(work.Home, RepositoryName.Parse(state.PhysicalId)).Arn;
        var tags = ResourceTagSet.Between(work, change.Before.Tags, change.After.Tags);
        if (tags.Gone is not [])
        {
            await Calls.DoAsync(work, new UntagResource.Request { ResourceArn = arn, TagKeys = tags.Gone }, cancel);
        }

        if (tags.Put is not [])
        {
            await Calls.DoAsync(work, new TagResource.Request { ResourceArn = arn, Tags = Entries(tags.Put) }, cancel);
        }
    }

    private static IReadOnlyList<ResourceTagEntry> Entries(IReadOnlyList<Identity.Entities.EntityTag> tags) =>
        [.. tags.Select(tag => new ResourceTagEntry { Key = tag.Key, Value = tag.Value })];
}
