using System.Text.Json.Nodes;

namespace Berth.Templates;

/// <summary>What a value refers to.</summary>
/// <param name="Target">A parameter, a pseudo parameter or a resource.</param>
/// <param name="Attribute">The attribute of a resource; null for the thing itself, and for one that only a function knows.</param>
internal readonly record struct Reference(string Target, string? Attribute)
{
    /// <summary>Whether an attribute is read, even where a function says which.</summary>
    public bool IsOfAttribute { get; init; }
}

/// <summary>Finds what values refer to.</summary>
internal static class References
{
    /// <summary>Every reference in a value.</summary>
    /// <param name="node">The value.</param>
    /// <param name="holds">What conditions are, where that is known: then only the branches that are taken are walked.</param>
    public static IEnumerable<Reference> In(JsonNode? node, Func<string, bool>? holds = null) => Nodes.CallOf(node) switch
    {
        ("Ref", var argument) when Nodes.TextOf(argument) is { } name => [new(name, null)],
        ("Fn::GetAtt", var argument) => OfGetAtt(argument, holds),
        ("Fn::Sub", var argument) => OfSub(argument, holds),
        ("Fn::If", JsonArray { Count: 3 } list) when holds is not null && Nodes.TextOf(list[0]) is { } name => In(list[holds(name) ? 1 : 2], holds),
        ("Fn::If", JsonArray { Count: 3 } list) => In(list[1], holds).Concat(In(list[2], holds)),
        _ => node switch
        {
            JsonObject map => map.SelectMany(member => In(member.Value, holds)),
            JsonArray list => list.SelectMany(item => In(item, holds)),
            _ => [],
        },
    };

    private static IEnumerable<Reference> OfGetAtt(JsonNode? argument, Func<string, bool>? holds) => GetAtt.Read(argument) is var (target, attribute)
        ? In(attribute, holds).Append(new(target, Nodes.TextOf(attribute)) { IsOfAttribute = true })
        : [];

    private static IEnumerable<Reference> OfSub(JsonNode? argument, Func<string, bool>? holds)
    {
        var (text, values) = argument is JsonArray { Count: 2 } list ? (Nodes.TextOf(list[0]), list[1] as JsonObject) : (Nodes.TextOf(argument), null);
        var names = Substitution.NamesIn(text ?? "").Where(name => values?.ContainsKey(name) is not true);
        return names.Select(OfName).Concat(In(values, holds));
    }

    private static Reference OfName(string name) =>
        name.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot ? new(name[..dot], name[(dot + 1)..]) { IsOfAttribute = true } : new(name, null);
}

/// <summary>The argument of <c>Fn::GetAtt</c>.</summary>
internal static class GetAtt
{
    /// <summary>The resource and its attribute; null for an argument that is none.</summary>
    public static (string Target, JsonNode Attribute)? Read(JsonNode? argument)
    {
        var path = Nodes.IsText(argument) ? ShortForms.SplitPath(argument!.GetValue<string>()) : argument;
        if (path is not JsonArray { Count: >= 2 } list || Nodes.TextOf(list[0]) is not { Length: > 0 } target)
        {
            return null;
        }

        var attribute = list.Count == 2 ? list[1]
            : list.Skip(1).All(Nodes.IsText) ? JsonValue.Create(string.Join('.', list.Skip(1).Select(Nodes.TextOf)))
            : null;
        return Nodes.TextOf(attribute) is { Length: > 0 } || Nodes.CallOf(attribute) is not null ? (target, attribute!) : null;
    }
}
