using System.Text.Json.Nodes;

namespace Berth.Templates;

/// <summary>YAML tags that stand for functions (CloudFormation User Guide, "Intrinsic function reference").</summary>
internal static class ShortForms
{
    /// <summary>The function that a tag stands for, with its argument; null for a tag that is none.</summary>
    public static JsonNode? Apply(string tag, JsonNode? argument) => tag[1..] switch
    {
        "Ref" or "Condition" => Of(tag[1..], argument),
        "GetAtt" => Of("Fn::GetAtt", argument is JsonValue path ? SplitPath(path.GetValue<string>()) : argument),
        "Base64" or "Cidr" or "FindInMap" or "GetAZs" or "ImportValue" or "Join" or "Select" or "Split" or "Sub" or "Transform"
            or "If" or "Equals" or "And" or "Or" or "Not" or "ToJsonString" or "Length" or "ForEach" => Of("Fn::" + tag[1..], argument),
        _ => null,
    };

    /// <summary>A resource and the rest, which is its attribute: <c>Name.Outputs.Key</c>.</summary>
    public static JsonNode? SplitPath(string path) =>
        path.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot ? new JsonArray(path[..dot], path[(dot + 1)..]) : JsonValue.Create(path);

    private static JsonObject Of(string function, JsonNode? argument) => new() { [function] = argument };
}
