using Berth.Server.Iam.AccessKeys;
using Berth.Stacks;

namespace Berth.Server.CloudFormation.Types.Iam;

/// <summary>
/// An access key. A secret is told once, so a key whose attempt was killed before its secret was kept is of no use to anybody: the next
/// attempt makes another, and the first stays with its user until somebody deletes it.
/// </summary>
internal sealed class AccessKeyType(IamCalls iam) : ResourceType<AccessKeyType.Model>(iam.Calls)
{
    internal sealed record Model
    {
        /// <summary>Raising it makes another key.</summary>
        [CreateOnly]
        public int? Serial { get; init; }

        public string? Status { get; init; }

        [CreateOnly]
        public required string UserName { get; init; }
    }

    /// <inheritdoc/>
    public override string Name => "AWS::IAM::AccessKey";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Attributes => ["SecretAccessKey"];

    /// <inheritdoc/>
    protected override async Task<ResourceProgress> MakeAsync(ResourceWork work, Model properties, CancellationToken cancel)
    {
        var key = (await Calls.CallAsync<CreateAccessKey.Response>(work, new CreateAccessKey.Request { UserName = properties.UserName }, cancel)).AccessKey;
        return await FinishAsync(
            new(key.AccessKeyId, new() { ["SecretAccessKey"] = key.SecretAccessKey }),
            () => properties.Status is null or "Active" ? Task.CompletedTask : SetStatusAsync(work, key.AccessKeyId, properties, cancel));
    }

    /// <inheritdoc/>
    protected override async Task<ResourceProgress> ChangeAsync(
        ResourceWork work, ResourceState state, Change<Model> change, CancellationToken cancel)
    {
        await SetStatusAsync(work, state.PhysicalId, change.After, cancel);
        return new(state, IsDone: true);
    }

    /// <inheritdoc/>
    protected override Task RemoveAsync(ResourceWork work, ResourceState state, Model properties, CancellationToken cancel) =>
        iam.TakeAsync(work, new DeleteAccessKey.Request { UserName = properties.UserName, AccessKeyId = state.PhysicalId }, cancel);

    private Task SetStatusAsync(ResourceWork work, string key, Model properties, CancellationToken cancel) => Calls.DoAsync(
        work,
        new UpdateAccessKey.Request { UserName = properties.UserName, AccessKeyId = key, Status = properties.Status ?? "Active" },
        cancel);
}
