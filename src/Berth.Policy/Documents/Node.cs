using System.Globalization;
using System.Text.Json;

namespace Berth.Policy.Documents;

/// <summary>A value of a document that knows where it stands, and refuses what it should not be.</summary>
internal readonly record struct Node(JsonElement Json, string Path)
{
    public const string SyntaxError = "Syntax errors in policy.";

    public bool IsText => Json.ValueKind is JsonValueKind.String;

    public PolicyFormatException Refuse(string message = SyntaxError) => new(message, Path);

    public string AsText() => IsText ? Json.GetString()! : throw Refuse();

    /// <summary>A string, or what AWS takes for one in conditions: a number or a Boolean, spelled as in the document.</summary>
    public string AsScalar() => Json.ValueKind switch
    {
        JsonValueKind.String => Json.GetString()!,
        JsonValueKind.Number => Json.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => throw Refuse(),
    };

    /// <summary>The elements of a list; anything else is a list of itself.</summary>
    public IEnumerable<Node> AsMany()
    {
        if (Json.ValueKind is not JsonValueKind.Array)
        {
            yield return this;
            yield break;
        }

        var index = 0;
        foreach (var item in Json.EnumerateArray())
        {
            yield return new(item, string.Create(CultureInfo.InvariantCulture, $"{Path}[{index++}]"));
        }
    }

    /// <summary>The members of an object, by name.</summary>
    public IEnumerable<KeyValuePair<string, Node>> AsMembers()
    {
        if (Json.ValueKind is not JsonValueKind.Object)
        {
            throw Refuse();
        }

        var path = Path;
        return Json.EnumerateObject().Select(member => KeyValuePair.Create(member.Name, new Node(member.Value, $"{path}.{member.Name}")));
    }
}
