using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Berth.Policy.Documents;

namespace Berth.Policy.Simulation;

/// <summary>What a simulation says of a document besides what it decides: where its statements stand, and what they ask of a request.</summary>
/// <param name="Statements">From where to where each statement reaches, in their order.</param>
/// <param name="ContextKeys">The condition keys that conditions and variables name, each once, in the order they come.</param>
public sealed record DocumentOutline(ImmutableArray<(TextPosition Start, TextPosition End)> Statements, ImmutableArray<string> ContextKeys)
{
    private const string Variable = "${";

    /// <summary>Outlines a document that <see cref="PolicyReader"/> has read.</summary>
    public static DocumentOutline Of(string text)
    {
        using var json = JsonDocument.Parse(text);
        var root = json.RootElement;
        var keys = new List<string>();
        foreach (var statement in Many(root.GetProperty("Statement")))
        {
            AddConditionKeys(statement, keys);
            if (root.TryGetProperty("Version", out var version) && version.ValueEquals(PolicyDocument.Current))
            {
                AddVariables(statement, keys);
            }
        }

        return new([.. SpansIn(text)], [.. keys.Distinct(StringComparer.OrdinalIgnoreCase)]);
    }

    private static IEnumerable<JsonElement> Many(JsonElement element) =>
        element.ValueKind is JsonValueKind.Array ? element.EnumerateArray() : [element];

    private static void AddConditionKeys(JsonElement statement, List<string> keys)
    {
        if (statement.TryGetProperty("Condition", out var block))
        {
            keys.AddRange(block.EnumerateObject().SelectMany(@operator => @operator.Value.EnumerateObject()).Select(key => key.Name));
        }
    }

    private static void AddVariables(JsonElement element, List<string> keys)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject())
                {
                    AddVariables(member.Value, keys);
                }

                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                {
                    AddVariables(item, keys);
                }

                break;
            case JsonValueKind.String:
                keys.AddRange(VariablesIn(element.GetString()!));
                break;
        }
    }

    private static IEnumerable<string> VariablesIn(string text)
    {
        var start = text.IndexOf(Variable, StringComparison.Ordinal);
        while (start >= 0 && text.IndexOf('}', start) is > 0 and var end)
        {
            var name = text[(start + Variable.Length)..end].Split(',')[0].Trim();
            if (name is not ("*" or "?" or "$"))
            {
                yield return name;
            }

            start = text.IndexOf(Variable, end, StringComparison.Ordinal);
        }
    }

    /// <summary>The statements are the objects that lie one level below the member <c>Statement</c>, or that member itself.</summary>
    private static List<(TextPosition Start, TextPosition End)> SpansIn(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var reader = new Utf8JsonReader(bytes);
        var spans = new List<(TextPosition, TextPosition)>();
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.PropertyName && reader.CurrentDepth == 1 && reader.ValueTextEquals("Statement"))
            {
                reader.Read();
                AddSpans(text, bytes, ref reader, spans);
            }
        }

        return spans;
    }

    private static void AddSpans(string text, byte[] bytes, ref Utf8JsonReader reader, List<(TextPosition, TextPosition)> spans)
    {
        var isArray = reader.TokenType is JsonTokenType.StartArray;
        while (isArray ? reader.Read() && reader.TokenType is JsonTokenType.StartObject : reader.TokenType is JsonTokenType.StartObject)
        {
            var start = IndexOf(bytes, reader.TokenStartIndex);
            reader.Skip();
            spans.Add((TextPosition.Of(text, start), TextPosition.Of(text, IndexOf(bytes, reader.BytesConsumed))));
        }
    }

    private static int IndexOf(byte[] bytes, long position) => Encoding.UTF8.GetCharCount(bytes, 0, (int)position);
}
