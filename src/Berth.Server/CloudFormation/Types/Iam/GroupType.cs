using Berth.Identity.Entities;
using Berth.Server.Iam.Groups;
using Berth.Stacks;

namespace Berth.Server.CloudFormation.Types.Iam;

/// <summary>A group of users.</summary>
internal sealed class GroupType(IamCalls iam) : ResourceType<GroupType.Model>(iam.Calls)
{
    internal sealed record Model
    {
        [CreateOnly]
        public string? GroupName { get; init; }

        public IReadOnlyList<string>? ManagedPolicyArns { get; init; }

        public string? Path { get; init; }

        public IReadOnlyList<PolicyProperty>? Policies { get; init; }

        public OwnPolicies OwnPolicies => new(Policies, ManagedPolicyArns);
    }

    /// <inheritdoc/>
    public override string Name => "AWS::IAM::Group";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Attributes => ["Arn"];

    /// <inheritdoc/>
    protected override async Task<ResourceProgress> MakeAsync(ResourceWork work, Model properties, CancellationToken cancel)
    {
        var name = properties.GroupName ?? work.NameOf(128);
        var request = new CreateGroup.Request { GroupName = name, Path = properties.Path };
        var arn = (await iam.FindMadeAsync(work, EntityKind.Group, name, cancel))?.Arn
            ?? (await Calls.CallAsync<CreateGroup.Response>(work, request, cancel)).Group.Arn;
        return await FinishAsync(
            new(name, new() { ["Arn"] = arn }),
            () => iam.ChangePoliciesAsync(work, PolicyOwner.Group, name, new(OwnPolicies.None, properties.OwnPolicies), cancel));
    }

    /// <inheritdoc/>
    protected override async Task<ResourceProgress> ChangeAsync(
        ResourceWork work, ResourceState state, Change<Model> change, CancellationToken cancel)
    {
        var (name, before, after) = (state.PhysicalId, change.Before, change.After);
        var moved = state;
        if (change.Differs(one => one.Path))
        {
            await Calls.DoAsync(work, new UpdateGroup.Request { GroupName = name, NewPath = after.Path ?? "/" }, cancel);
            moved = new(name, new() { ["Arn"] = IamCalls.NameOf(work, EntityKind.Group, name).ArnUnder(after.Path ?? "/") });
        }

        await iam.ChangePoliciesAsync(work, PolicyOwner.Group, name, new(before.OwnPolicies, after.OwnPolicies), cancel);
        return new(moved, IsDone: true);
    }

    /// <inheritdoc/>
    protected override async Task RemoveAsync(ResourceWork work, ResourceState state, Model properties, CancellationToken cancel)
    {
        await iam.ChangePoliciesAsync(work, PolicyOwner.Group, state.PhysicalId, new(properties.OwnPolicies, OwnPolicies.None), cancel);
        await iam.TakeAsync(work, new DeleteGroup.Request { GroupName = state.PhysicalId }, cancel);
    }
}
