using System.Text.Json.Nodes;
using Berth.Server.Ecr.Policies;
using Berth.Stacks;
using Berth.Vocabulary;

namespace Berth.Server.CloudFormation.Types.Ecr;

/// <summary>The policy of the registry, of which there is one at most: one that somebody else has set is not replaced.</summary>
internal sealed class RegistryPolicyType(ResourceCalls calls) : ResourceType<RegistryPolicyType.Model>(calls)
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
        var account = work.Home.Account.ToString();
        if (await FindAsync(work, cancel) is { } there && !(work.IsRetry && IsSame(there, properties.PolicyText)))
        {
            throw new ResourceAlreadyExists(Name, account).AsException();
        }

        await PutAsync(work, properties, cancel);
        return ResourceProgress.Done(account, new() { ["RegistryId"] = account });
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

    private async Task<string?> FindAsync(ResourceWork work, CancellationToken cancel)
    {
        try
        {
            return (await Calls.CallAsync<GetRegistryPolicy.Response>(work, new GetRegistryPolicy.Request(), cancel)).PolicyText;
        }
        catch (ServiceRefusal refusal) when (refusal.Fault is RegistryPolicyNotFound)
        {
            return null;
        }
    }

    private Task PutAsync(ResourceWork work, Model properties, CancellationToken cancel) =>
        Calls.DoAsync(work, new PutRegistryPolicy.Request { PolicyText = properties.PolicyText }, cancel);

    // ECR prints what it was given, but for names; a policy has no time by which an earlier attempt could be told from somebody else.
    private static bool IsSame(string there, string wanted)
    {
        try
        {
            return JsonNode.DeepEquals(JsonNode.Parse(there), JsonNode.Parse(wanted));
        }
        catch (System.Text.Json.JsonException)
        {
            return false;
        }
    }
}
