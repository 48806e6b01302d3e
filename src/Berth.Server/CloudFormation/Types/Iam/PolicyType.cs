using Berth.Stacks;

namespace Berth.Server.CloudFormation.Types.Iam;

/// <summary>An inline policy of one name and text on any number of users, groups and roles.</summary>
internal sealed class PolicyType(IamCalls iam) : ResourceType<PolicyType.Model>(iam.Calls)
{
    private const int LongestPart = 5;

    internal sealed record Model
    {
        public IReadOnlyList<string>? Groups { get; init; }

        [Document]
        public required string PolicyDocument { get; init; }

        public required string PolicyName { get; init; }

        public IReadOnlyList<string>? Roles { get; init; }

        public IReadOnlyList<string>? Users { get; init; }

        /// <summary>Everybody who has it.</summary>
        public IEnumerable<(PolicyOwner Kind, string Name)> Owners =>
        [
            .. (Users ?? []).Select(name => (PolicyOwner.User, name)),
            .. (Groups ?? []).Select(name => (PolicyOwner.Group, name)),
            .. (Roles ?? []).Select(name => (PolicyOwner.Role, name)),
        ];
    }

    /// <inheritdoc/>
    public override string Name => "AWS::IAM::Policy";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Attributes => ["Id"];

    /// <inheritdoc/>
    protected override string? FindFlaw(Model properties) =>
        properties.Owners.Any() ? null : "At least one of [Groups,Roles,Users] must be non-empty.";

    /// <inheritdoc/>
    protected override Task<ResourceProgress> MakeAsync(ResourceWork work, Model properties, CancellationToken cancel)
    {
        var id = $"{Cut(work.StackName)}-{Cut(work.LogicalId)}-{work.Suffix}";
        return FinishAsync(new(id, new() { ["Id"] = id }), () => PutAsync(work, properties, cancel));
    }

    /// <inheritdoc/>
    protected override async Task<ResourceProgress> ChangeAsync(
        ResourceWork work, ResourceState state, Change<Model> change, CancellationToken cancel)
    {
        await PutAsync(work, change.After, cancel);
        var isRenamed = change.Differs(one => one.PolicyName);
        await DeleteAsync(work, change.Before.PolicyName, isRenamed ? change.Before.Owners : change.Before.Owners.Except(change.After.Owners), cancel);
        return new(state, IsDone: true);
    }

    /// <inheritdoc/>
    protected override Task RemoveAsync(ResourceWork work, ResourceState state, Model properties, CancellationToken cancel) =>
        DeleteAsync(work, properties.PolicyName, properties.Owners, cancel);

    private async Task PutAsync(ResourceWork work, Model properties, CancellationToken cancel)
    {
        var policy = new PolicyProperty { PolicyName = properties.PolicyName, PolicyDocument = properties.PolicyDocument };
        foreach (var (kind, name) in properties.Owners)
        {
            await Calls.DoAsync(work, kind.Put(name, policy), cancel);
        }
    }

    private async Task DeleteAsync(ResourceWork work, string policy, IEnumerable<(PolicyOwner Kind, string Name)> owners, CancellationToken cancel)
    {
        foreach (var (kind, name) in owners)
        {
            await iam.TakeAsync(work, kind.Delete(name, policy), cancel);
        }
    }

    // What Ref gives is no name of IAM's: five letters of each name and the suffix.
    private static string Cut(string text) => text.Length <= LongestPart ? text : text[..LongestPart];
}
