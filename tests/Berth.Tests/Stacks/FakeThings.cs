using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Berth.Stacks;
using Berth.Vocabulary;

namespace Berth.Tests.Stacks;

/// <summary>
/// A type whose resources are entries of a dictionary. Properties: <c>Name</c> replaces it, <c>Value</c> changes it, <c>Fail</c> has that
/// step fail, <c>Kill</c> has the process end once in the midst of it, <c>Slow</c> has it wait until it is looked at again.
/// </summary>
internal sealed class FakeThings : ResourceType
{
    private readonly ConcurrentDictionary<string, bool> killed = new(StringComparer.Ordinal);
    private int running;

    public ConcurrentDictionary<string, JsonObject> World { get; } = new(StringComparer.Ordinal);

    public ConcurrentQueue<string> Log { get; } = new();

    public ConcurrentQueue<ResourceWork> Works { get; } = new();

    public int MostAtOnce { get; private set; }

    public override string Name => "AWS::Test::Thing";

    public override IReadOnlyList<string> Attributes => ["Arn", "Outputs.*"];

    public override IReadOnlyList<string> Properties => ["Name", "Value", "Fail", "Kill", "Slow", "Tags"];

    public override string? FindFlaw(JsonObject properties) =>
        properties["Value"] is JsonArray ? "Property validation failure: [The property {/Value} is no string]" : null;

    public override IReadOnlyList<string> ReplacedBy(JsonObject before, JsonObject after) =>
        JsonNode.DeepEquals(before[nameof(Name)], after[nameof(Name)]) ? [] : [nameof(Name)];

    public override Task<ResourceProgress> CreateAsync(ResourceWork work, JsonObject properties, CancellationToken cancel) => DoAsync("create", work, properties, id =>
    {
        if (!work.IsRetry && World.ContainsKey(id))
        {
            throw new StackAlreadyExists("Thing", id).AsException();
        }

        World[id] = properties;
        return id;
    });

    public override Task<ResourceProgress> UpdateAsync(
        ResourceWork work, ResourceState state, JsonObject before, JsonObject after, CancellationToken cancel) => DoAsync(work.IsRollback ? "restore" : "update", work, after, _ =>
    {
        World[state.PhysicalId] = after;
        return state.PhysicalId;
    });

    public override Task<ResourceProgress> DeleteAsync(ResourceWork work, ResourceState state, JsonObject properties, CancellationToken cancel) => DoAsync("delete", work, properties, _ =>
    {
        World.TryRemove(state.PhysicalId, out var _);
        return state.PhysicalId;
    });

    private async Task<ResourceProgress> DoAsync(string step, ResourceWork work, JsonObject properties, Func<string, string> act)
    {
        MostAtOnce = Math.Max(MostAtOnce, Interlocked.Increment(ref running));
        await Task.Yield();
        try
        {
            Log.Enqueue($"{step} {work.LogicalId}{(work.IsRetry ? " again" : "")}");
            Works.Enqueue(work);
            if (TextOf(properties["Fail"])?.Contains(step, StringComparison.Ordinal) is true)
            {
                throw new RepositoryNotEmpty(new(work.Home, RepositoryName.Parse("app"))).AsException();
            }

            var id = act(TextOf(properties[nameof(Name)]) ?? $"{work.StackName}-{work.LogicalId}-{work.Suffix}");
            if (TextOf(properties["Kill"])?.Contains(step, StringComparison.Ordinal) is true && killed.TryAdd($"{step} {work.LogicalId}", true))
            {
                throw new StorageUnavailable("killed").AsException();
            }

            var state = new ResourceState(id, new() { ["Arn"] = $"arn:test:{id}", ["Outputs.Value"] = TextOf(properties["Value"]) ?? "" });
            return new(state, IsDone: TextOf(properties["Slow"])?.Contains(step, StringComparison.Ordinal) is not true);
        }
        finally
        {
            Interlocked.Decrement(ref running);
        }
    }

    private static string? TextOf(JsonNode? node) => node?.GetValue<string>();
}
