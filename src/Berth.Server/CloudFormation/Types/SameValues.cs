using System.Collections;
using System.Text.Json.Nodes;

namespace Berth.Server.CloudFormation.Types;

/// <summary>Whether two values of a property are the same, however they were written.</summary>
internal static class SameValues
{
    /// <summary>Compares lists by their elements in order and records by their members.</summary>
    public static bool Are(object? one, object? other) => (one, other) switch
    {
        (null, null) => true,
        (null, _) or (_, null) => false,
        (string or ValueType, _) => one.Equals(other),
        (JsonNode node, JsonNode otherNode) => JsonNode.DeepEquals(node, otherNode),
        (IList list, IList others) => list.Count == others.Count && Enumerable.Range(0, list.Count).All(i => Are(list[i], others[i])),
        _ => PropertyShape.Of(one.GetType()).Members.All(member => Are(member.Get(one), member.Get(other))),
    };
}
