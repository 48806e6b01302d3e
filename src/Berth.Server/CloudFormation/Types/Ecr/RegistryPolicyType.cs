using Berth.Registry;
using Berth.Server.Ecr.Policies;
using Berth.Stacks;
using Berth.Vocabulary;

namespace Berth.Server.CloudFormation.Types.Ecr;

/// <summary>The policy of the registry, of which there is one at most: one that somebody else has set is not replaced.</summary>
internal sealed class RegistryPolicyType(ResourceCalls calls, RegistryPolicies policies) : ResourceType<RegistryPolicyType.Model>(calls)
{
    internal sealed record Model
    {
        [Document]
        public required string PolicyText { get; init; }
    }

    /// <inheritdoc/>
    public override string Name => "AWS::ECR::RegistryPolicy";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Attributes => ["RegistryId"];

    /// <inheritdoc/>
    protected override async Task<ResourceProgress> MakeAsync(ResourceWork work, Model properties, CancellationToken cancel)
    {
        if (work.IsRetry && await policies.IsAsync(work.Home, properties.PolicyText, cancel))
        {
            return Done(work);
        }

        if (await IsThereAsync(work, cancel))
        {
            throw new ResourceAlreadyExists(Name, work.Home.Account.ToString()).AsException();
        }

        await PutAsync(work, properties, cancel);
        return Done(work);
    }

    /// <inheritdoc/>
    protected override async Task<ResourceProgress> ChangeAsync(
        ResourceWork work, ResourceState state, Change<Model> change, CancellationToken cancel)
    {
        await PutAsync(work, change.After, cancel);
        return new(state, IsDone: true);
    }

    /// <inheritdoc/>
    protected override Task RemoveAsync(ResourceWork work, ResourceState state, Model properties, CancellationToken cancel) =>
        Calls.RemoveAsync<RegistryPolicyNotFound>(work, new DeleteRegistryPolicy.Request(), cancel);

    private async Task<bool> IsThereAsync(ResourceWork work, CancellationToken cancel)
    {
        try
        {
            await Calls.DoAsync(work, new GetRegistryPolicy.Request(), cancel);
            return true;
        }
        catch (ServiceRefusal refusal) when (refusal.Fault is RegistryPolicyNotFound)
        {
            return false;
        }
    }

    private Task PutAsync(ResourceWork work, Model properties, CancellationToken cancel) =>
        Calls.DoAsync(work, new PutRegistryPolicy.Request { PolicyText = properties.PolicyText }, cancel);

    // A policy has no time by which an earlier attempt could be told from somebody else; one of the same text is as good as its own.
    private static ResourceProgress Done(ResourceWork work) =>
        ResourceProgress.Done(work.Home.Account.ToString(), new() { ["RegistryId"] = work.Home.Account.ToString() });
}
