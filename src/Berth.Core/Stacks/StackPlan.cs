using System.Text.Json.Nodes;
using Berth.Templates;
using Berth.Vocabulary;

namespace Berth.Stacks;

/// <summary>What an update would do with a resource, as change sets tell it.</summary>
/// <param name="Action"><c>Add</c>, <c>Modify</c> or <c>Remove</c>.</param>
/// <param name="LogicalId">The resource.</param>
/// <param name="Type">Its type.</param>
public sealed record PlannedChange(string Action, string LogicalId, string Type)
{
    /// <summary>What it is now; null for nothing yet.</summary>
    public string? PhysicalId { get; init; }

    /// <summary>Of a change: <c>True</c>, <c>False</c> or <c>Conditional</c>, as far as it can be known.</summary>
    public string? Replacement { get; init; }

    /// <summary>Of a change: <c>Properties</c>, <c>Tags</c>, <c>Metadata</c>, <c>DeletionPolicy</c>, <c>UpdateReplacePolicy</c>.</summary>
    public IReadOnlyList<string> Scope { get; init; } = [];

    /// <summary>The properties that change.</summary>
    public IReadOnlyList<PlannedProperty> Properties { get; init; } = [];
}

/// <summary>A property that changes.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Recreation"><c>Always</c>, <c>Never</c> or <c>Conditionally</c>.</param>
/// <param name="IsKnown">Whether its new value is known before the update.</param>
public sealed record PlannedProperty(string Name, string Recreation, bool IsKnown);

/// <summary>Compares a template with what is there.</summary>
internal sealed class StackPlan
{
    private readonly PreparedTemplate wanted;
    private readonly ResourceCatalogue types;
    private readonly Dictionary<string, StackResource> there;
    private readonly Dictionary<string, PlannedChange> changes = new(StringComparer.Ordinal);

    private StackPlan(PreparedTemplate wanted, IEnumerable<StackResource> resources, ResourceCatalogue types)
    {
        (this.wanted, this.types) = (wanted, types);
        there = resources.Where(resource => resource.RetiredIn is null && !resource.IsGone)
            .ToDictionary(resource => resource.LogicalId, StringComparer.Ordinal);
    }

    /// <summary>What there is to do; nothing when all is as the template has it. Fault: <see cref="TemplateInvalid"/>.</summary>
    public static (IReadOnlyList<PlannedChange> Changes, bool OutputsDiffer) Make(
        PreparedTemplate wanted, IEnumerable<StackResource> resources, IReadOnlyList<StackOutput> outputs, ResourceCatalogue types)
    {
        var plan = new StackPlan(wanted, resources, types);
        plan.Compare();
        return ([.. plan.changes.Values], plan.OutputsDiffer(outputs));
    }

    private void Compare()
    {
        var lookup = new Preview(this);
        var (active, needs) = (wanted.Evaluation.Resources.ToDictionary(resource => resource.LogicalId, StringComparer.Ordinal), wanted.Evaluation.Needs());
        RefuseOtherTypes(active.Values);
        foreach (var gone in there.Values.Where(resource => !active.ContainsKey(resource.LogicalId)))
        {
            changes[gone.LogicalId] = new("Remove", gone.LogicalId, gone.Type) { PhysicalId = gone.PhysicalId };
        }

        var left = active.Keys.ToList();
        while (left.Count > 0)
        {
            var ready = left.Where(name => !needs[name].Any(left.Contains)).ToArray();
            foreach (var name in ready)
            {
                left.Remove(name);
                if (Compare(active[name], lookup) is { } change)
                {
                    changes[name] = change;
                }
            }
        }
    }

    private PlannedChange? Compare(TemplateResource resource, Preview lookup)
    {
        var properties = (JsonObject)(wanted.Evaluation.Evaluate(resource.Properties, lookup) ?? new JsonObject());
        wanted.Evaluation.Evaluate(resource.Metadata, lookup);
        if (!there.TryGetValue(resource.LogicalId, out var now))
        {
            return new("Add", resource.LogicalId, resource.Type);
        }

        var before = now.Detail.Properties;
        var changed = Differences(before, properties);
        var replaced = types.Get(resource.Type).ReplacedBy(before, properties);
        var planned = changed.Select(name => Planned(name, properties[name], replaced)).ToArray();
        string[] scope =
        [
            .. planned.Length > 0 || types.Get(resource.Type).IsAlwaysUpdated ? ["Properties"] : Array.Empty<string>(),
            .. !now.Detail.Tags.SequenceEqual(wanted.Source.Tags) ? ["Tags"] : Array.Empty<string>(),
            .. !Nodes.AreEqual(now.Detail.Metadata, resource.Metadata) ? ["Metadata"] : Array.Empty<string>(),
            .. !string.Equals(now.Detail.DeletionPolicy, resource.DeletionPolicy, StringComparison.Ordinal) ? ["DeletionPolicy"] : Array.Empty<string>(),
            .. !string.Equals(now.Detail.UpdateReplacePolicy, resource.UpdateReplacePolicy, StringComparison.Ordinal) ? ["UpdateReplacePolicy"] : Array.Empty<string>(),
        ];
        return scope.Length == 0 ? null : new("Modify", resource.LogicalId, resource.Type)
        {
            PhysicalId = now.PhysicalId,
            Replacement = planned.Any(one => one.Recreation is "Always") ? "True" : planned.Any(one => one.Recreation is "Conditionally") ? "Conditional" : "False",
            Scope = scope,
            Properties = planned,
        };
    }

    private static PlannedProperty Planned(string name, JsonNode? value, IReadOnlyList<string> replaced)
    {
        var isKnown = !ResourceLookup.IsUnknown(value);
        return new(name, !replaced.Contains(name, StringComparer.Ordinal) ? "Never" : isKnown ? "Always" : "Conditionally", isKnown);
    }

    /// <summary>The names of the properties that differ.</summary>
    public static IReadOnlyList<string> Differences(JsonObject before, JsonObject after) =>
    [
        .. before.Select(member => member.Key).Union(after.Select(member => member.Key), StringComparer.Ordinal)
            .Where(name => !Nodes.AreEqual(before[name], after[name])),
    ];

    private void RefuseOtherTypes(IEnumerable<TemplateResource> active)
    {
        var other = active.Where(resource => there.TryGetValue(resource.LogicalId, out var now) && !string.Equals(now.Type, resource.Type, StringComparison.Ordinal));
        if (other.Select(resource => resource.LogicalId).ToArray() is { Length: > 0 } names)
        {
            throw new TemplateInvalid(
                $"Update of resource type is not permitted. The new template modifies resource type of the following resources: [{string.Join(", ", names)}]").AsException();
        }
    }

    private bool OutputsDiffer(IReadOnlyList<StackOutput> outputs)
    {
        var lookup = new Preview(this);
        return !OutputValues.Of(wanted.Evaluation, lookup).SequenceEqual(outputs);
    }

    // A resource that stays what it is has its attributes; what is made anew has none yet.
    private sealed class Preview(StackPlan plan) : ResourceLookup
    {
        public override string Ref(string logicalId) => Find(logicalId)?.PhysicalId ?? Unknown;

        public override JsonNode Attribute(string logicalId, string attribute) => Find(logicalId)?.Detail.Attributes[attribute] ?? JsonValue.Create(Unknown);

        private StackResource? Find(string logicalId) =>
            plan.changes.GetValueOrDefault(logicalId) is { } change && (change.Action is "Add" || change.Replacement is not "False" || plan.types.Get(change.Type).IsAlwaysUpdated)
                ? null
                : plan.there.GetValueOrDefault(logicalId);
    }
}
