using Berth.Stacks;

namespace Berth.Server.CloudFormation.Types.Stacks;

/// <summary>
/// A handle for signals. Nothing here waits for any, so it stands for itself, as in templates that keep one because a template must have a
/// resource.
/// </summary>
internal sealed class WaitConditionHandleType(ResourceCalls calls) : ResourceType<WaitConditionHandleType.Model>(calls)
{
    internal sealed record Model;

    /// <inheritdoc/>
    public override string Name => "AWS::CloudFormation::WaitConditionHandle";

    /// <inheritdoc/>
    protected override Task<ResourceProgress> MakeAsync(ResourceWork work, Model properties, CancellationToken cancel) =>
        Task.FromResult(ResourceProgress.Done(work.NameOf(255)));

    /// <inheritdoc/>
    protected override Task<ResourceProgress> ChangeAsync(
        ResourceWork work, ResourceState state, Change<Model> change, CancellationToken cancel) => Task.FromResult(new ResourceProgress(state, IsDone: true));
}
