using Berth.Stacks;

namespace Berth.Server.CloudFormation.Shapes;

/// <summary>What would become of a resource (CloudFormation's shape <c>Change</c>).</summary>
internal sealed record ChangeEntry(string Type, ChangeEntry.ResourceChangeEntry ResourceChange)
{
    public static ChangeEntry Of(PlannedChange change) => new("Resource", new(
        change.Action,
        change.LogicalId,
        change.PhysicalId,
        change.Type,
        change.Replacement,
        change.Scope,
        [.. change.Properties.Select(DetailEntry.Of), .. change.Scope.Where(scope => scope is not "Properties").Select(DetailEntry.OfAttribute)]));

    /// <summary>The resource.</summary>
    public sealed record ResourceChangeEntry(
        string Action,
        string LogicalResourceId,
        string? PhysicalResourceId,
        string ResourceType,
        string? Replacement,
        IReadOnlyList<string> Scope,
        IReadOnlyList<DetailEntry> Details);

    /// <summary>A property or another attribute that changes.</summary>
    public sealed record DetailEntry(TargetEntry Target, string Evaluation, string ChangeSource)
    {
        public static DetailEntry Of(PlannedProperty property) =>
            new(new("Properties", property.Name, property.Recreation), property.IsKnown ? "Static" : "Dynamic", "DirectModification");

        public static DetailEntry OfAttribute(string attribute) => new(new(attribute, Name: null, "Never"), "Static", "DirectModification");
    }

    /// <summary>Which one, and whether the resource must be made anew for it.</summary>
    public sealed record TargetEntry(string Attribute, string? Name, string RequiresRecreation);
}
