using Berth.Identity.Entities;
using Berth.Network;
using Berth.Server.Ec2.Shapes;
using Berth.Server.Ec2.Tags;
using Berth.Stacks;
using Berth.Vocabulary;

namespace Berth.Server.CloudFormation.Types.Ec2;

/// <summary>
/// What types of EC2 do alike. Ids are EC2's choice, so that all that a type makes carries a tag of the attempt, by which it is found after
/// a kill; it is looked for behind the wire, as are attributes of what the type has just made.
/// </summary>
internal sealed class Ec2Calls(ResourceCalls calls, NetworkObjects objects, NetworkTags tags)
{
    /// <summary>The calls.</summary>
    public ResourceCalls Calls => calls;

    /// <summary>The tags that something of a kind is made with.</summary>
    public static IReadOnlyList<TagSpecification> TagsOf(ResourceWork work, NetworkKind kind, IReadOnlyList<TagProperty>? own) =>
        [new() { ResourceType = kind.Name, Tags = Shapes([.. ResourceTagSet.Of(work, own), new(ResourceTagSet.Attempt, work.Suffix)]) }];

    /// <summary>What an earlier attempt made; null when there is none.</summary>
    public async Task<T?> FindMadeAsync<T>(ResourceWork work, CancellationToken cancel)
        where T : NetworkObject, INetworkKind
    {
        if (!work.IsRetry)
        {
            return null;
        }

        var made = await tags.FindTaggedAsync(work.Home, new(ResourceTagSet.Attempt, work.Suffix), cancel);
        return made.FirstOrDefault(T.Type.IsId) is { } id ? await FindAsync<T>(work, id, cancel) : null;
    }

    /// <summary>Something of the stack's account and Region by its id, or null when it is not there or over.</summary>
    public async Task<T?> FindAsync<T>(ResourceWork work, string id, CancellationToken cancel)
        where T : NetworkObject, INetworkKind =>
        await objects.ReadAsync(rows => objects.FindAsync<T>(rows, work.Home, id), cancel) is { GoneAt: null } found ? found : null;

    /// <summary>Something that was just made.</summary>
    public async Task<T> GetAsync<T>(ResourceWork work, string id, CancellationToken cancel)
        where T : NetworkObject, INetworkKind =>
        await FindAsync<T>(work, id, cancel) ?? throw new NetworkObjectNotFound(T.Type, id).AsException();

    /// <summary>The parts of a kind that something has.</summary>
    public Task<IReadOnlyList<T>> PartsAsync<T>(ResourceWork work, string id, CancellationToken cancel)
        where T : NetworkObject, INetworkKind => objects.ReadAsync(rows => objects.PartsAsync<T>(rows, work.Home, [id]), cancel);

    /// <summary>What of a kind is in a VPC.</summary>
    public Task<IReadOnlyList<T>> OfVpcAsync<T>(ResourceWork work, string vpcId, CancellationToken cancel)
        where T : NetworkObject, INetworkKind => objects.ReadAsync(rows => objects.OfVpcAsync<T>(rows, work.Home, vpcId), cancel);

    /// <summary>What of a kind refers to something.</summary>
    public Task<IReadOnlyList<T>> ReferringAsync<T>(ResourceWork work, string id, CancellationToken cancel)
        where T : NetworkObject, INetworkKind => objects.ReadAsync(rows => objects.ReferringAsync<T>(rows, work.Home, id), cancel);

    /// <summary>Takes something away that may be gone.</summary>
    public Task TakeAsync(ResourceWork work, object request, CancellationToken cancel) => calls.RemoveAsync(
        work,
        request,
        code => code.EndsWith(".NotFound", StringComparison.Ordinal) || code is "NatGatewayNotFound" or "Gateway.NotAttached",
        cancel);

    /// <summary>Changes the tags of something.</summary>
    public async Task TagAsync(
        ResourceWork work, string id, Change<IReadOnlyList<TagProperty>?> change, CancellationToken cancel)
    {
        var changed = ResourceTagSet.Between(work, change.Before, change.After);
        if (changed.Gone is not [])
        {
            await calls.DoAsync(work, new DeleteTags.Request { Resources = [id], Tags = [.. changed.Gone.Select(key => new TagEntry { Key = key })] }, cancel);
        }

        if (changed.Put is not [])
        {
            await calls.DoAsync(work, new CreateTags.Request { Resources = [id], Tags = Shapes(changed.Put) }, cancel);
        }
    }

    private static IReadOnlyList<TagEntry> Shapes(IReadOnlyList<EntityTag> tags) =>
        [.. tags.Select(tag => new TagEntry { Key = tag.Key, Value = tag.Value })];
}
