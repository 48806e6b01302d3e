using Berth.Registry;
using Berth.Server.Ecr.Registry;
using Berth.Stacks;
using Berth.Vocabulary;

namespace Berth.Server.CloudFormation.Types.Ecr;

/// <summary>A user or role whose pulls do not count as use of an image.</summary>
internal sealed class PullTimeUpdateExclusionType(ResourceCalls calls, PullTimeExclusions exclusions)
    : ResourceType<PullTimeUpdateExclusionType.Model>(calls)
{
    internal sealed record Model
    {
        [CreateOnly]
        public required string PrincipalArn { get; init; }
    }

    /// <inheritdoc/>
    public override string Name => "AWS::ECR::PullTimeUpdateExclusion";

    /// <inheritdoc/>
    protected override async Task<ResourceProgress> MakeAsync(ResourceWork work, Model properties, CancellationToken cancel)
    {
        var arn = properties.PrincipalArn;
        if (work.IsRetry && await exclusions.FindSinceAsync(work.Home, arn, cancel) is { } since && work.MayHaveMade(since))
        {
            return ResourceProgress.Done(arn);
        }

        try
        {
            await Calls.DoAsync(work, new RegisterPullTimeUpdateExclusion.Request { PrincipalArn = arn }, cancel);
            return ResourceProgress.Done(arn);
        }
        catch (ServiceRefusal refusal) when (refusal.Fault is PullTimeExclusionExists)
        {
            throw new ResourceAlreadyExists(Name, arn).AsException();
        }
    }

    /// <inheritdoc/>
    protected override Task<ResourceProgress> ChangeAsync(
        ResourceWork work, ResourceState state, Change<Model> change, CancellationToken cancel) => Task.FromResult(new ResourceProgress(state, IsDone: true));

    /// <inheritdoc/>
    protected override Task RemoveAsync(ResourceWork work, ResourceState state, Model properties, CancellationToken cancel) =>
        Calls.RemoveAsync<PullTimeExclusionNotFound>(
            work, new DeregisterPullTimeUpdateExclusion.Request { PrincipalArn = state.PhysicalId }, cancel);
}
