using Berth.Stacks;

namespace Berth.Server.CloudFormation.Types.Stacks;

/// <summary>What the AWS CDK puts into every template to count its users. It does nothing on AWS either.</summary>
internal sealed class CdkMetadataType(ResourceCalls calls) : ResourceType<CdkMetadataType.Model>(calls)
{
    internal sealed record Model
    {
        [Inert]
        public string? Analytics { get; init; }

        [Inert]
        public string? Modules { get; init; }
    }

    /// <inheritdoc/>
    public override string Name => "AWS::CDK::Metadata";

    /// <inheritdoc/>
    protected override Task<ResourceProgress> MakeAsync(ResourceWork work, Model properties, CancellationToken cancel) =>
        Task.FromResult(ResourceProgress.Done(work.NameOf(255)));

    /// <inheritdoc/>
    protected override Task<ResourceProgress> ChangeAsync(
        ResourceWork work, ResourceState state, Change<Model> change, CancellationToken cancel) => Task.FromResult(new ResourceProgress(state, IsDone: true));
}
