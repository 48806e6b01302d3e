using System.Text.Json.Nodes;
using Berth.Identity.Entities;
using Berth.Server.Iam.Boundaries;
using Berth.Server.Iam.Groups;
using Berth.Server.Iam.Shapes;
using Berth.Server.Iam.Users;
using Berth.Stacks;

namespace Berth.Server.CloudFormation.Types.Iam;

/// <summary>A user. It has no password, for there is no console to sign in to.</summary>
internal sealed class UserType(IamCalls iam) : ResourceType<UserType.Model>(iam.Calls)
{
    internal sealed record Model
    {
        public IReadOnlyList<string>? Groups { get; init; }

        [Refused("there is no console to sign in to, so users have no passwords")]
        public JsonObject? LoginProfile { get; init; }

        public IReadOnlyList<string>? ManagedPolicyArns { get; init; }

        public string? Path { get; init; }

        public string? PermissionsBoundary { get; init; }

        public IReadOnlyList<PolicyProperty>? Policies { get; init; }

        public IReadOnlyList<TagProperty>? Tags { get; init; }

        [CreateOnly]
        public string? UserName { get; init; }

        public OwnPolicies OwnPolicies => new(Policies, ManagedPolicyArns);
    }

    /// <inheritdoc/>
    public override string Name => "AWS::IAM::User";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Attributes => ["Arn"];

    /// <inheritdoc/>
    protected override async Task<ResourceProgress> MakeAsync(ResourceWork work, Model properties, CancellationToken cancel)
    {
        var name = properties.UserName ?? work.NameOf(64);
        var arn = (await iam.FindMadeAsync(work, EntityKind.User, name, cancel))?.Arn ?? await CreateAsync(work, name, properties, cancel);
        return await FinishAsync(new(name, new() { ["Arn"] = arn }), async () =>
        {
            await JoinAsync(work, name, new([], properties.Groups ?? []), cancel);
            await iam.ChangePoliciesAsync(work, PolicyOwner.User, name, new(OwnPolicies.None, properties.OwnPolicies), cancel);
        });
    }

    /// <inheritdoc/>
    protected override async Task<ResourceProgress> ChangeAsync(
        ResourceWork work, ResourceState state, Change<Model> change, CancellationToken cancel)
    {
        var (name, before, after) = (state.PhysicalId, change.Before, change.After);
        var moved = state;
        if (change.Differs(one => one.Path))
        {
            await Calls.DoAsync(work, new UpdateUser.Request { UserName = name, NewPath = after.Path ?? "/" }, cancel);
            moved = new(name, new() { ["Arn"] = IamCalls.NameOf(work, EntityKind.User, name).ArnUnder(after.Path ?? "/") });
        }

        await PutBoundaryAsync(work, name, change, cancel);
        await JoinAsync(work, name, new(before.Groups ?? [], after.Groups ?? []), cancel);
        await iam.ChangePoliciesAsync(work, PolicyOwner.User, name, new(before.OwnPolicies, after.OwnPolicies), cancel);
        await TagAsync(work, name, change, cancel);
        return new(moved, IsDone: true);
    }

    /// <inheritdoc/>
    protected override async Task RemoveAsync(ResourceWork work, ResourceState state, Model properties, CancellationToken cancel)
    {
        var name = state.PhysicalId;
        await JoinAsync(work, name, new(properties.Groups ?? [], []), cancel);
        await iam.ChangePoliciesAsync(work, PolicyOwner.User, name, new(properties.OwnPolicies, OwnPolicies.None), cancel);
        await iam.TakeAsync(work, new DeleteUser.Request { UserName = name }, cancel);
    }

    private async Task<string> CreateAsync(ResourceWork work, string name, Model properties, CancellationToken cancel)
    {
        var request = new CreateUser.Request
        {
            UserName = name,
            Path = properties.Path,
            PermissionsBoundary = properties.PermissionsBoundary,
            Tags = TagEntry.All(ResourceTagSet.Of(work, properties.Tags)),
        };
        return (await Calls.CallAsync<CreateUser.Response>(work, request, cancel)).User.Arn;
    }

    private async Task JoinAsync(ResourceWork work, string name, Change<IReadOnlyList<string>> groups, CancellationToken cancel)
    {
        foreach (var group in groups.After.Except(groups.Before, StringComparer.Ordinal))
        {
            await Calls.DoAsync(work, new AddUserToGroup.Request { GroupName = group, UserName = name }, cancel);
        }

        foreach (var group in groups.Before.Except(groups.After, StringComparer.Ordinal))
        {
            await iam.TakeAsync(work, new RemoveUserFromGroup.Request { GroupName = group, UserName = name }, cancel);
        }
    }

    private async Task PutBoundaryAsync(ResourceWork work, string name, Change<Model> change, CancellationToken cancel)
    {
        var (before, after) = (change.Before.PermissionsBoundary, change.After.PermissionsBoundary);
        if (after is not null && change.Differs(one => one.PermissionsBoundary))
        {
            await Calls.DoAsync(work, new PutUserPermissionsBoundary.Request { UserName = name, PermissionsBoundary = after }, cancel);
        }
        else if (after is null && before is not null)
        {
            await iam.TakeAsync(work, new DeleteUserPermissionsBoundary.Request { UserName = name }, cancel);
        }
    }

    private async Task TagAsync(ResourceWork work, string name, Change<Model> change, CancellationToken cancel)
    {
        var tags = ResourceTagSet.Between(work, change.Before.Tags, change.After.Tags);
        if (tags.Gone is not [])
        {
            await Calls.DoAsync(work, new UntagUser.Request { UserName = name, TagKeys = tags.Gone }, cancel);
        }

        if (tags.Put is not [])
        {
            await Calls.DoAsync(work, new TagUser.Request { UserName = name, Tags = TagEntry.All(tags.Put) }, cancel);
        }
    }
}
