using System.Text.Json.Nodes;
using Berth.Stacks;

namespace Berth.Tests.CloudFormation;

/// <summary>A type of IAM's by name, for what must be acknowledged; it makes nothing.</summary>
internal sealed class FakeRoles : ResourceType
{
    public override string Name => "AWS::IAM::Role";

    public override IReadOnlyList<string> Attributes => ["Arn"];

    public override IReadOnlyList<string> Properties => ["RoleName"];

    public override string? FindFlaw(JsonObject properties) => null;

    public override IReadOnlyList<string> ReplacedBy(JsonObject before, JsonObject after) => [];

    public override Task<ResourceProgress> CreateAsync(ResourceWork work, JsonObject properties, CancellationToken cancel) =>
        Task.FromResult(ResourceProgress.Done("role"));

    public override Task<ResourceProgress> UpdateAsync(
        ResourceWork work, ResourceState state, JsonObject before, JsonObject after, CancellationToken cancel) => Task.FromResult(new ResourceProgress(state, IsDone: true));

    public override Task<ResourceProgress> DeleteAsync(ResourceWork work, ResourceState state, JsonObject properties, CancellationToken cancel) =>
        Task.FromResult(new ResourceProgress(state, IsDone: true));
}
