using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Berth.Registry;

/// <summary>
/// Prints policies as ECR answers them, whatever form they came in: its own order of elements, a line for each, a list of one as
/// its one value, and accounts as the ARNs of their roots.
/// </summary>
public static class PolicyPrinter
{
    private const int Indent = 2;
    private const int AccountDigits = 12;

    private static readonly string[] Order =
    [
        "Version", "Id", "Statement",
        "Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition",
    ];

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The document in ECR's form.</summary>
    /// <param name="document">JSON that was accepted as a policy.</param>
    /// <param name="partition">The partition of the accounts it names.</param>
    public static string Print(string document, string partition)
    {
        using var json = JsonDocument.Parse(document);
        var text = new StringBuilder();
        PrintMembers(text, Ordered(json.RootElement), depth: 0, (element, name, depth) =>
        {
            if (name is "Statement")
            {
                PrintList(text, Many(element), statement => PrintStatement(text, statement, depth, partition));
            }
            else
            {
                PrintValue(text, element, depth);
            }
        });
        return text.ToString();
    }

    private static void PrintStatement(StringBuilder text, JsonElement statement, int depth, string partition) =>
        PrintMembers(text, Ordered(statement), depth, (element, name, inner) =>
        {
            if (name is "Principal" or "NotPrincipal" && element.ValueKind is JsonValueKind.Object)
            {
                PrintMembers(text, element.EnumerateObject(), inner, (names, _, _) => PrintScalars(text, names, principal => ArnOf(principal, partition)));
            }
            else
            {
                PrintValue(text, element, inner);
            }
        });

    private static void PrintValue(StringBuilder text, JsonElement element, int depth)
    {
        if (element.ValueKind is JsonValueKind.Object)
        {
            PrintMembers(text, element.EnumerateObject(), depth, (inner, _, innerDepth) => PrintValue(text, inner, innerDepth));
        }
        else
        {
            PrintScalars(text, element, value => value);
        }
    }

    private static void PrintMembers(
        StringBuilder text, IEnumerable<JsonProperty> members, int depth, Action<JsonElement, string, int> print)
    {
        var separator = "{";
        foreach (var member in members)
        {
            text.Append(CultureInfo.InvariantCulture, $"{separator}\n").Append(' ', (depth + 1) * Indent).Append(Quote(member.Name)).Append(" : ");
            print(member.Value, member.Name, depth + 1);
            separator = ",";
        }

        // An empty block, such as a Condition without operators, stands on one line.
        _ = separator is "{" ? text.Append("{ }") : text.Append('\n').Append(' ', depth * Indent).Append('}');
    }

    private static void PrintScalars(StringBuilder text, JsonElement element, Func<string, string> rewrite)
    {
        string[] values = [.. Many(element).Select(value => Quote(rewrite(TextOf(value))))];
        _ = values is [var only] ? text.Append(only) : text.Append(values.Length == 0 ? "[ ]" : $"[ {string.Join(", ", values)} ]");
    }

    private static void PrintList(StringBuilder text, IEnumerable<JsonElement> elements, Action<JsonElement> print)
    {
        var separator = "[ ";
        foreach (var element in elements)
        {
            text.Append(separator);
            print(element);
            separator = ", ";
        }

        text.Append(" ]");
    }

    // Numbers and Booleans of conditions become the strings that they stand for.
    private static string TextOf(JsonElement scalar) => scalar.ValueKind is JsonValueKind.String ? scalar.GetString()! : scalar.GetRawText();

    private static string ArnOf(string principal, string partition) =>
        principal.Length == AccountDigits && principal.All(char.IsAsciiDigit) ? $"arn:{partition}:iam::{principal}:root" : principal;

    private static IEnumerable<JsonProperty> Ordered(JsonElement json) =>
        json.EnumerateObject().OrderBy(member => Array.IndexOf(Order, member.Name));

    private static IEnumerable<JsonElement> Many(JsonElement element) =>
        element.ValueKind is JsonValueKind.Array ? element.EnumerateArray() : [element];

    private static string Quote(string value) => JsonSerializer.Serialize(value, Plain);
}
