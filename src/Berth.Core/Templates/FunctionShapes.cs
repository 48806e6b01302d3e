using System.Globalization;
using System.Text.Json.Nodes;
using Berth.Vocabulary;

namespace Berth.Templates;

/// <summary>Refuses calls of functions whose arguments have the wrong form, in CloudFormation's words.</summary>
internal static class FunctionShapes
{
    public const string Join = "every Fn::Join object requires two parameters, (1) a string delimiter and (2) a list of strings to be joined or a function that returns a list of strings (such as Fn::GetAZs) to be joined.";
    public const string Split = "every Fn::Split object requires two parameters, (1) a string delimiter and (2) a string to be split or a function that returns a string to be split.";
    public const string Select = "Fn::Select requires a list argument with two elements: an integer index and a list";
    public const string GetAttribute = "every Fn::GetAtt object requires two non-empty parameters, the resource name and the resource attribute";
    public const string Equal = "every Fn::Equals object requires a list of 2 string parameters.";
    public const string FindInMap = "every Fn::FindInMap object requires three parameters, the map name, map key and the attribute for return value";
    public const string Base64 = "every Fn::Base64 object must have a String-typed value.";
    public const string Zones = "every Fn::GetAZs object must have a String-typed value.";
    public const string Cidr = "every Fn::Cidr object requires two parameters, (1) an IP address block and (2) the number of blocks to be made, and may have (3) the number of bits of each";
    public const string Import = "the attribute in Fn::ImportValue must not depend on any resources, imported values, or Fn::GetAZs";
    public const string Substitute = "One or more Fn::Sub intrinsic functions don't specify expected arguments. Specify a string as first argument, and an optional second argument to specify a mapping of values to replace in the string";

    /// <summary>The fault of a function.</summary>
    public static Exception Wrong(string reason) => new TemplateInvalid($"Template error: {reason}").AsException();

    /// <summary>Walks a value and refuses the first call that is wrong.</summary>
    public static void Check(JsonNode? node)
    {
        if (Nodes.CallOf(node) is var (name, argument) && FindFlaw(name, argument) is { } flaw)
        {
            throw Wrong(flaw);
        }

        switch (node)
        {
            case JsonObject map:
                foreach (var (_, value) in map)
                {
                    Check(value);
                }

                break;
            case JsonArray list:
                foreach (var item in list)
                {
                    Check(item);
                }

                break;
        }
    }

    private static string? FindFlaw(string name, JsonNode? argument) => name switch
    {
        "Ref" => Nodes.TextOf(argument) is null ? "every Ref object must have a single String value." : null,
        "Condition" => null,
        "Fn::GetAtt" => GetAtt.Read(argument) is null ? GetAttribute : null,
        "Fn::Join" => argument is JsonArray { Count: 2 } list && Nodes.TextOf(list[0]) is not null && IsListOrCall(list[1]) ? null : Join,
        "Fn::Split" => argument is JsonArray { Count: 2 } list && Nodes.TextOf(list[0]) is { Length: > 0 } && IsTextOrCall(list[1]) ? null : Split,
        "Fn::Select" => argument is JsonArray { Count: 2 } list && IsIndex(list[0]) && IsListOrCall(list[1]) ? null : Select,
        "Fn::Equals" => argument is JsonArray { Count: 2 } ? null : Equal,
        "Fn::FindInMap" => argument is JsonArray { Count: 3 } list && list.All(IsTextOrCall) ? null : FindInMap,
        "Fn::Base64" => IsTextOrCall(argument) ? null : Base64,
        "Fn::GetAZs" => IsTextOrCall(argument) ? null : Zones,
        "Fn::Cidr" => argument is JsonArray { Count: 2 or 3 } list && list.All(IsTextOrCall) ? null : Cidr,
        "Fn::Sub" => IsSub(argument) ? null : Substitute,
        "Fn::If" => argument is JsonArray { Count: 3 } list && Nodes.IsText(list[0]) ? null
            : "Fn::If requires a list argument with three elements: the name of a condition and two values",
        "Fn::And" or "Fn::Or" => argument is JsonArray { Count: >= 2 and <= 10 } ? null
            : $"every {name} object requires a list of at least 2 and at most 10 boolean parameters.",
        "Fn::Not" => argument is JsonArray { Count: 1 } ? null : "every Fn::Not object requires one boolean parameter.",
        "Fn::ImportValue" => IsTextOrCall(argument) ? FindImportFlaw(argument) : Import,
        _ => $"the function '{name}' is not available here",
    };

    private static string? FindImportFlaw(JsonNode? argument) =>
        References.In(argument).Any(reference => reference.IsOfAttribute) || HasCall(argument, "Fn::ImportValue") || HasCall(argument, "Fn::GetAZs") ? Import : null;

    private static bool HasCall(JsonNode? node, string name) =>
        (Nodes.CallOf(node) is var (found, _) && string.Equals(found, name, StringComparison.Ordinal)) || node switch
        {
            JsonObject map => map.Any(member => HasCall(member.Value, name)),
            JsonArray list => list.Any(item => HasCall(item, name)),
            _ => false,
        };

    private static bool IsSub(JsonNode? argument) => argument is JsonArray { Count: 2 } list
        ? Nodes.TextOf(list[0]) is not null && list[1] is JsonObject values && values.All(value => IsTextOrCall(value.Value))
        : Nodes.TextOf(argument) is not null;

    private static bool IsIndex(JsonNode? node) => Nodes.CallOf(node) is not null || int.TryParse(Nodes.TextOf(node), CultureInfo.InvariantCulture, out _);

    private static bool IsTextOrCall(JsonNode? node) => Nodes.TextOf(node) is not null || Nodes.CallOf(node) is not null;

    private static bool IsListOrCall(JsonNode? node) => node is JsonArray || Nodes.CallOf(node) is not null;
}
