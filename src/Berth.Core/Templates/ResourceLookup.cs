using System.Text.Json.Nodes;

namespace Berth.Templates;

/// <summary>What the resources of a stack are, for the functions that read it.</summary>
public abstract class ResourceLookup
{
    /// <summary>Stands for what is known only when it is there. A value that has it in it is not known.</summary>
    public const string Unknown = "{{changeSet:KNOWN_AFTER_APPLY}}";

    /// <summary>What <c>Ref</c> gives of a resource.</summary>
    public abstract string Ref(string logicalId);

    /// <summary>What <c>Fn::GetAtt</c> gives of a resource.</summary>
    public abstract JsonNode Attribute(string logicalId, string attribute);

    /// <summary>Whether a value, or anything in it, is not known.</summary>
    public static bool IsUnknown(JsonNode? node) => node switch
    {
        JsonObject map => map.Any(member => IsUnknown(member.Value)),
        JsonArray list => list.Any(IsUnknown),
        _ => Nodes.TextOf(node)?.Contains(Unknown, StringComparison.Ordinal) is true,
    };
}
