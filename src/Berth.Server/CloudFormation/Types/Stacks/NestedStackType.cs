using System.Text.Json.Nodes;
using Berth.Identity.Entities;
using Berth.Stacks;

namespace Berth.Server.CloudFormation.Types.Stacks;

/// <summary>A stack in a stack: on its way until the stack is done. Its template may have changed although its properties have not.</summary>
internal sealed class NestedStackType(ResourceCalls calls, NestedStacks stacks) : ResourceType<NestedStackType.Model>(calls)
{
    internal sealed record Model
    {
        [Refused("nobody is notified of what happens to stacks")]
        public JsonArray? NotificationARNs { get; init; }

        public JsonObject? Parameters { get; init; }

        public IReadOnlyList<TagProperty>? Tags { get; init; }

        public required string TemplateURL { get; init; }

        public int? TimeoutInMinutes { get; init; }

        public NestedStack ToStack() => new(TemplateURL, Parameters ?? [])
        {
            Tags = [.. (Tags ?? []).Select(tag => new EntityTag(tag.Key, tag.Value))],
            TimeoutInMinutes = TimeoutInMinutes,
        };
    }

    /// <inheritdoc/>
    public override string Name => "AWS::CloudFormation::Stack";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Attributes => ["Outputs.*"];

    /// <inheritdoc/>
    public override bool IsAlwaysUpdated => true;

    /// <inheritdoc/>
    public override Task<ResourceProgress> LookAsync(ResourceWork work, ResourceState state, CancellationToken cancel) =>
        ExplainAsync(() => stacks.LookAsync(work, state, cancel));

    /// <inheritdoc/>
    protected override Task<ResourceProgress> MakeAsync(ResourceWork work, Model properties, CancellationToken cancel) =>
        stacks.CreateAsync(work, properties.ToStack(), cancel);

    /// <inheritdoc/>
    protected override Task<ResourceProgress> ChangeAsync(
        ResourceWork work, ResourceState state, Change<Model> change, CancellationToken cancel) =>
        stacks.UpdateAsync(work, state, change.After.ToStack(), cancel);

    /// <inheritdoc/>
    protected override Task<ResourceProgress> EndAsync(ResourceWork work, ResourceState state, Model properties, CancellationToken cancel) =>
        stacks.DeleteAsync(work, state, cancel);
}
