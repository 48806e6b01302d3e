using Berth.Identity.Entities;
using Berth.Server.Iam.Boundaries;
using Berth.Server.Iam.Roles;
using Berth.Server.Iam.Shapes;
using Berth.Stacks;

namespace Berth.Server.CloudFormation.Types.Iam;

/// <summary>A role.</summary>
internal sealed class RoleType(IamCalls iam) : ResourceType<RoleType.Model>(iam.Calls)
{
    private const int UsualSession = 3600;

    internal sealed record Model
    {
        [Document]
        public required string AssumeRolePolicyDocument { get; init; }

        public string? Description { get; init; }

        public IReadOnlyList<string>? ManagedPolicyArns { get; init; }

        public int? MaxSessionDuration { get; init; }

        [CreateOnly]
        public string? Path { get; init; }

        public string? PermissionsBoundary { get; init; }

        public IReadOnlyList<PolicyProperty>? Policies { get; init; }

        [CreateOnly]
        public string? RoleName { get; init; }

        public IReadOnlyList<TagProperty>? Tags { get; init; }

        public OwnPolicies OwnPolicies => new(Policies, ManagedPolicyArns);
    }

    /// <inheritdoc/>
    public override string Name => "AWS::IAM::Role";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Attributes => ["Arn", "RoleId"];

    /// <inheritdoc/>
    protected override async Task<ResourceProgress> MakeAsync(ResourceWork work, Model properties, CancellationToken cancel)
    {
        var name = properties.RoleName ?? work.NameOf(64);
        var (arn, id) = await iam.FindMadeAsync(work, EntityKind.Role, name, cancel) is { } earlier
            ? (earlier.Arn, earlier.Id)
            : await CreateAsync(work, name, properties, cancel);
        return await FinishAsync(
            new(name, new() { ["Arn"] = arn, ["RoleId"] = id }),
            () => iam.ChangePoliciesAsync(work, PolicyOwner.Role, name, new(OwnPolicies.None, properties.OwnPolicies), cancel));
    }

    /// <inheritdoc/>
    protected override async Task<ResourceProgress> ChangeAsync(
        ResourceWork work, ResourceState state, Change<Model> change, CancellationToken cancel)
    {
        var (name, before, after) = (state.PhysicalId, change.Before, change.After);
        if (change.Differs(one => one.AssumeRolePolicyDocument))
        {
            await Calls.DoAsync(work, new UpdateAssumeRolePolicy.Request { RoleName = name, PolicyDocument = after.AssumeRolePolicyDocument }, cancel);
        }

        if (change.Differs(one => one.Description) || change.Differs(one => one.MaxSessionDuration))
        {
            var request = new UpdateRole.Request
            {
                RoleName = name,
                Description = after.Description ?? "",
                MaxSessionDuration = after.MaxSessionDuration ?? UsualSession,
            };
            await Calls.DoAsync(work, request, cancel);
        }

        await PutBoundaryAsync(work, name, change, cancel);
        await iam.ChangePoliciesAsync(work, PolicyOwner.Role, name, new(before.OwnPolicies, after.OwnPolicies), cancel);
        await TagAsync(work, name, change, cancel);
        return new(state, IsDone: true);
    }

    /// <inheritdoc/>
    protected override async Task RemoveAsync(ResourceWork work, ResourceState state, Model properties, CancellationToken cancel)
    {
        await iam.ChangePoliciesAsync(work, PolicyOwner.Role, state.PhysicalId, new(properties.OwnPolicies, OwnPolicies.None), cancel);
        await iam.TakeAsync(work, new DeleteRole.Request { RoleName = state.PhysicalId }, cancel);
    }

    private async Task<(string Arn, string Id)> CreateAsync(ResourceWork work, string name, Model properties, CancellationToken cancel)
    {
        var request = new CreateRole.Request
        {
            RoleName = name,
            Path = properties.Path,
            AssumeRolePolicyDocument = properties.AssumeRolePolicyDocument,
            Description = properties.Description,
            MaxSessionDuration = properties.MaxSessionDuration,
            PermissionsBoundary = properties.PermissionsBoundary,
            Tags = TagEntry.All(ResourceTagSet.Of(work, properties.Tags)),
        };
        var made = (await Calls.CallAsync<CreateRole.Response>(work, request, cancel)).Role;
        return (made.Arn, made.RoleId);
    }

    private async Task PutBoundaryAsync(ResourceWork work, string name, Change<Model> change, CancellationToken cancel)
    {
        var (before, after) = (change.Before.PermissionsBoundary, change.After.PermissionsBoundary);
        if (after is not null && change.Differs(one => one.PermissionsBoundary))
        {
            await Calls.DoAsync(work, new PutRolePermissionsBoundary.Request { RoleName = name, PermissionsBoundary = after }, cancel);
        }
        else if (after is null && before is not null)
        {
            await iam.TakeAsync(work, new DeleteRolePermissionsBoundary.Request { RoleName = name }, cancel);
        }
    }

    private async Task TagAsync(ResourceWork work, string name, Change<Model> change, CancellationToken cancel)
    {
        var tags = ResourceTagSet.Between(work, change.Before.Tags, change.After.Tags);
        if (tags.Gone is not [])
        {
            await Calls.DoAsync(work, new UntagRole.Request { RoleName = name, TagKeys = tags.Gone }, cancel);
        }

        if (tags.Put is not [])
        {
            await Calls.DoAsync(work, new TagRole.Request { RoleName = name, Tags = TagEntry.All(tags.Put) }, cancel);
        }
    }
}
