using Berth.Identity.Entities;
using Berth.Server.Iam.Providers;
using Berth.Server.Iam.Shapes;
using Berth.Stacks;

namespace Berth.Server.CloudFormation.Types.Iam;

/// <summary>An OpenID Connect provider whose tokens roles may trust.</summary>
internal sealed class OidcProviderType(IamCalls iam) : ResourceType<OidcProviderType.Model>(iam.Calls)
{
    internal sealed record Model
    {
        public IReadOnlyList<string>? ClientIdList { get; init; }

        public IReadOnlyList<TagProperty>? Tags { get; init; }

        public IReadOnlyList<string>? ThumbprintList { get; init; }

        [CreateOnly]
        public required string Url { get; init; }
    }

    /// <inheritdoc/>
    public override string Name => "AWS::IAM::OIDCProvider";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Attributes => ["Arn"];

    /// <inheritdoc/>
    protected override async Task<ResourceProgress> MakeAsync(ResourceWork work, Model properties, CancellationToken cancel)
    {
        if (await FindMadeAsync(work, properties, cancel) is { } earlier)
        {
            return Done(earlier.Arn);
        }

        var request = new CreateOpenIDConnectProvider.Request
        {
            Url = properties.Url,
            ClientIDList = properties.ClientIdList,
            ThumbprintList = properties.ThumbprintList,
            Tags = TagEntry.All(ResourceTagSet.Given(work, properties.Tags)),
        };
        return Done((await Calls.CallAsync<CreateOpenIDConnectProvider.Response>(work, request, cancel)).OpenIDConnectProviderArn);
    }

    /// <inheritdoc/>
    protected override async Task<ResourceProgress> ChangeAsync(
        ResourceWork work, ResourceState state, Change<Model> change, CancellationToken cancel)
    {
        var (arn, before, after) = (state.PhysicalId, change.Before, change.After);
        if (!SameValues.Are(before.ThumbprintList, after.ThumbprintList) && after.ThumbprintList is { } prints)
        {
            await Calls.DoAsync(work, new UpdateOpenIDConnectProviderThumbprint.Request { OpenIDConnectProviderArn = arn, ThumbprintList = prints }, cancel);
        }

        foreach (var client in (after.ClientIdList ?? []).Except(before.ClientIdList ?? [], StringComparer.Ordinal))
        {
            await Calls.DoAsync(work, new AddClientIDToOpenIDConnectProvider.Request { OpenIDConnectProviderArn = arn, ClientID = client }, cancel);
        }

        foreach (var client in (before.ClientIdList ?? []).Except(after.ClientIdList ?? [], StringComparer.Ordinal))
        {
            await iam.TakeAsync(work, new RemoveClientIDFromOpenIDConnectProvider.Request { OpenIDConnectProviderArn = arn, ClientID = client }, cancel);
        }

        await TagAsync(work, arn, change, cancel);
        return new(state, IsDone: true);
    }

    /// <inheritdoc/>
    protected override Task RemoveAsync(ResourceWork work, ResourceState state, Model properties, CancellationToken cancel) =>
        iam.TakeAsync(work, new DeleteOpenIDConnectProvider.Request { OpenIDConnectProviderArn = state.PhysicalId }, cancel);

    private async Task<Entity?> FindMadeAsync(ResourceWork work, Model properties, CancellationToken cancel) =>
        work.IsRetry ? await iam.FindMadeAsync(work, EntityKind.OidcProvider, OidcUrl.Parse(properties.Url).Name, cancel) : null;

    private async Task TagAsync(ResourceWork work, string arn, Change<Model> change, CancellationToken cancel)
    {
        var tags = ResourceTagSet.Between(work, change.Before.Tags, change.After.Tags);
        if (tags.Gone is not [])
        {
            await Calls.DoAsync(work, new UntagOpenIDConnectProvider.Request { OpenIDConnectProviderArn = arn, TagKeys = tags.Gone }, cancel);
        }

        if (tags.Put is not [])
        {
            await Calls.DoAsync(work, new TagOpenIDConnectProvider.Request { OpenIDConnectProviderArn = arn, Tags = TagEntry.All(tags.Put) }, cancel);
        }
    }

    private static ResourceProgress Done(string arn) => ResourceProgress.Done(arn, new() { ["Arn"] = arn });
}
