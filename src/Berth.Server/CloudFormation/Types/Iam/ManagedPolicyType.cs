using System.Text.Json.Nodes;
using Berth.Identity.Entities;
using Berth.Server.Iam.Policies;
using Berth.Server.Iam.Shapes;
using Berth.Stacks;

namespace Berth.Server.CloudFormation.Types.Iam;

/// <summary>A managed policy. Another text is another version, which becomes the default; the oldest makes room.</summary>
internal sealed class ManagedPolicyType(IamCalls iam, ManagedPolicies policies) : ResourceType<ManagedPolicyType.Model>(iam.Calls)
{
    private const int MostVersions = 5;

    internal sealed record Model
    {
        [CreateOnly]
        public string? Description { get; init; }

        public IReadOnlyList<string>? Groups { get; init; }

        [CreateOnly]
        public string? ManagedPolicyName { get; init; }

        [CreateOnly]
        public string? Path { get; init; }

        [Document]
        public required string PolicyDocument { get; init; }

        public IReadOnlyList<string>? Roles { get; init; }

        public IReadOnlyList<string>? Users { get; init; }

        /// <summary>Everybody it is attached to.</summary>
        public IEnumerable<(PolicyOwner Kind, string Name)> Owners =>
        [
            .. (Users ?? []).Select(name => (PolicyOwner.User, name)),
            .. (Groups ?? []).Select(name => (PolicyOwner.Group, name)),
            .. (Roles ?? []).Select(name => (PolicyOwner.Role, name)),
        ];
    }

    /// <inheritdoc/>
    public override string Name => "AWS::IAM::ManagedPolicy";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Attributes => ["PolicyArn", "PolicyId", "DefaultVersionId", "IsAttachable", "CreateDate"];

    /// <inheritdoc/>
    protected override async Task<ResourceProgress> MakeAsync(ResourceWork work, Model properties, CancellationToken cancel)
    {
        var name = properties.ManagedPolicyName ?? work.NameOf(128);
        var earlier = await iam.FindMadeAsync(work, EntityKind.Policy, name, cancel);
        var made = earlier is null
            ? await CreateAsync(work, name, properties, cancel)
            : PolicyDetail.Of(await policies.GetAsync(IamCalls.NameOf(work, EntityKind.Policy, name).Scope, earlier.Arn, cancel));
        return await FinishAsync(StateOf(made), () => AttachAsync(work, made.Arn, properties.Owners, cancel));
    }

    /// <inheritdoc/>
    protected override async Task<ResourceProgress> ChangeAsync(
        ResourceWork work, ResourceState state, Change<Model> change, CancellationToken cancel)
    {
        var (arn, attributes) = (state.PhysicalId, (JsonObject)state.Attributes.DeepClone());
        if (change.Differs(one => one.PolicyDocument))
        {
            attributes["DefaultVersionId"] = await AddVersionAsync(work, arn, change.After.PolicyDocument, cancel);
        }

        await AttachAsync(work, arn, change.After.Owners.Except(change.Before.Owners), cancel);
        await DetachAsync(work, arn, change.Before.Owners.Except(change.After.Owners), cancel);
        return ResourceProgress.Done(arn, attributes);
    }

    /// <inheritdoc/>
    protected override async Task RemoveAsync(ResourceWork work, ResourceState state, Model properties, CancellationToken cancel)
    {
        var arn = state.PhysicalId;
        await DetachAsync(work, arn, properties.Owners, cancel);
        try
        {
            foreach (var version in (await VersionsAsync(work, arn, cancel)).Where(version => !version.IsDefaultVersion))
            {
                await iam.TakeAsync(work, new DeletePolicyVersion.Request { PolicyArn = arn, VersionId = version.VersionId }, cancel);
            }

            await Calls.DoAsync(work, new DeletePolicy.Request { PolicyArn = arn }, cancel);
        }
        catch (ServiceRefusal refusal) when (refusal.Error.Code is "NoSuchEntity")
        {
        }
    }

    private async Task<PolicyDetail> CreateAsync(ResourceWork work, string name, Model properties, CancellationToken cancel)
    {
        var request = new CreatePolicy.Request
        {
            PolicyName = name,
            Path = properties.Path,
            Description = properties.Description,
            PolicyDocument = properties.PolicyDocument,
        };
        return (await Calls.CallAsync<CreatePolicy.Response>(work, request, cancel)).Policy;
    }

    private async Task<string> AddVersionAsync(ResourceWork work, string arn, string document, CancellationToken cancel)
    {
        var versions = await VersionsAsync(work, arn, cancel);
        if (versions.Count >= MostVersions)
        {
            var oldest = versions.Where(version => !version.IsDefaultVersion).MinBy(version => version.CreateDate)!;
            await iam.TakeAsync(work, new DeletePolicyVersion.Request { PolicyArn = arn, VersionId = oldest.VersionId }, cancel);
        }

        var request = new CreatePolicyVersion.Request { PolicyArn = arn, PolicyDocument = document, SetAsDefault = true };
        return (await Calls.CallAsync<CreatePolicyVersion.Response>(work, request, cancel)).PolicyVersion.VersionId;
    }

    // There are five at most.
    private async Task<IReadOnlyList<VersionDetail>> VersionsAsync(ResourceWork work, string arn, CancellationToken cancel) =>
        (await Calls.CallAsync<ListPolicyVersions.Response>(work, new ListPolicyVersions.Request { PolicyArn = arn }, cancel)).Versions;

    private async Task AttachAsync(ResourceWork work, string arn, IEnumerable<(PolicyOwner Kind, string Name)> owners, CancellationToken cancel)
    {
        foreach (var (kind, name) in owners)
        {
            await Calls.DoAsync(work, kind.Attach(name, arn), cancel);
        }
    }

    private async Task DetachAsync(ResourceWork work, string arn, IEnumerable<(PolicyOwner Kind, string Name)> owners, CancellationToken cancel)
    {
        foreach (var (kind, name) in owners)
        {
            await iam.TakeAsync(work, kind.Detach(name, arn), cancel);
        }
    }

    private static ResourceState StateOf(PolicyDetail policy) => new(policy.Arn, new()
    {
        ["PolicyArn"] = policy.Arn,
        ["PolicyId"] = policy.PolicyId,
        ["DefaultVersionId"] = policy.DefaultVersionId,
        ["IsAttachable"] = policy.IsAttachable ? "true" : "false",
        ["CreateDate"] = policy.CreateDate.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture),
    });
}
