using System.Text.Json.Nodes;
using Berth.Stacks;

namespace Berth.Tests.Stacks;

/// <summary>Nested stacks as their type makes them, without calls.</summary>
internal sealed class FakeStacks(NestedStacks stacks) : ResourceType
{
    public override string Name => "AWS::CloudFormation::Stack";

    public override IReadOnlyList<string> Attributes => ["Outputs.*"];

    public override IReadOnlyList<string> Properties => ["TemplateURL", "Parameters"];

    public override bool IsAlwaysUpdated => true;

    public override string? FindFlaw(JsonObject properties) => null;

    public override IReadOnlyList<string> ReplacedBy(JsonObject before, JsonObject after) => [];

    public override Task<ResourceProgress> CreateAsync(ResourceWork work, JsonObject properties, CancellationToken cancel) =>
        stacks.CreateAsync(work, Of(properties), cancel);

    public override Task<ResourceProgress> UpdateAsync(
        ResourceWork work, ResourceState state, JsonObject before, JsonObject after, CancellationToken cancel) => stacks.UpdateAsync(work, state, Of(after), cancel);

    public override Task<ResourceProgress> DeleteAsync(ResourceWork work, ResourceState state, JsonObject properties, CancellationToken cancel) =>
        stacks.DeleteAsync(work, state, cancel);

    public override Task<ResourceProgress> LookAsync(ResourceWork work, ResourceState state, CancellationToken cancel) => stacks.LookAsync(work, state, cancel);

    private static NestedStack Of(JsonObject properties) =>
        new(properties["TemplateURL"]!.GetValue<string>(), properties["Parameters"] as JsonObject ?? []);
}
