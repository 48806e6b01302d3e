using Berth.Identity.Entities;
using Berth.Server.Iam.Profiles;
using Berth.Stacks;

namespace Berth.Server.CloudFormation.Types.Iam;

/// <summary>An instance profile with its role.</summary>
internal sealed class InstanceProfileType(IamCalls iam, InstanceProfiles profiles) : ResourceType<InstanceProfileType.Model>(iam.Calls)
{
    internal sealed record Model
    {
        [CreateOnly]
        public string? InstanceProfileName { get; init; }

        [CreateOnly]
        public string? Path { get; init; }

        public required IReadOnlyList<string> Roles { get; init; }
    }

    /// <inheritdoc/>
    public override string Name => "AWS::IAM::InstanceProfile";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Attributes => ["Arn"];

    /// <inheritdoc/>
    protected override string? FindFlaw(Model properties) =>
        properties.Roles.Count is 1 ? null : "Property validation failure: [The property {/Roles} must name one role]";

    /// <inheritdoc/>
    protected override async Task<ResourceProgress> MakeAsync(ResourceWork work, Model properties, CancellationToken cancel)
    {
        var name = properties.InstanceProfileName ?? work.NameOf(128);
        var earlier = await iam.FindMadeAsync(work, EntityKind.InstanceProfile, name, cancel);
        var request = new CreateInstanceProfile.Request { InstanceProfileName = name, Path = properties.Path };
        var arn = earlier?.Arn ?? (await Calls.CallAsync<CreateInstanceProfile.Response>(work, request, cancel)).InstanceProfile.Arn;
        return await FinishAsync(new(name, new() { ["Arn"] = arn }), () => GiveAsync(work, name, properties.Roles[0], cancel));
    }

    /// <inheritdoc/>
    protected override async Task<ResourceProgress> ChangeAsync(
        ResourceWork work, ResourceState state, Change<Model> change, CancellationToken cancel)
    {
        if (change.Differs(one => one.Roles))
        {
            await TakeAsync(work, state.PhysicalId, change.Before.Roles[0], cancel);
            await GiveAsync(work, state.PhysicalId, change.After.Roles[0], cancel);
        }

        return new(state, IsDone: true);
    }

    /// <inheritdoc/>
    protected override async Task RemoveAsync(ResourceWork work, ResourceState state, Model properties, CancellationToken cancel)
    {
        await TakeAsync(work, state.PhysicalId, properties.Roles[0], cancel);
        await iam.TakeAsync(work, new DeleteInstanceProfile.Request { InstanceProfileName = state.PhysicalId }, cancel);
    }

    // A profile has room for one role, so that the one it has is not given again.
    private async Task GiveAsync(ResourceWork work, string name, string role, CancellationToken cancel)
    {
        var profile = await profiles.GetAsync(IamCalls.NameOf(work, EntityKind.InstanceProfile, name), cancel);
        if (!string.Equals(profile.Role?.Entity.Name, role, StringComparison.OrdinalIgnoreCase))
        {
            await Calls.DoAsync(work, new AddRoleToInstanceProfile.Request { InstanceProfileName = name, RoleName = role }, cancel);
        }
    }

    private Task TakeAsync(ResourceWork work, string name, string role, CancellationToken cancel) =>
        iam.TakeAsync(work, new RemoveRoleFromInstanceProfile.Request { InstanceProfileName = name, RoleName = role }, cancel);
}
