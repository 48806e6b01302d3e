using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Berth.Templates;

/// <summary>
/// Reads a template that is written in YAML, event by event: nothing of it is a type of ours, and what aliases repeat is counted, so that
/// no few lines become many.
/// </summary>
internal sealed class YamlTemplate
{
    private readonly IParser parser;
    private readonly Dictionary<string, JsonNode?> anchors = new(StringComparer.Ordinal);
    private int nodes;

    private YamlTemplate(IParser parser) => this.parser = parser;

    public static JsonNode? Read(string text)
    {
        try
        {
            return new YamlTemplate(new Parser(new Scanner(new StringReader(text), skipComments: true))).ReadDocument();
        }
        catch (YamlException error)
        {
            throw Malformed(error.Start);
        }
    }

    private JsonNode? ReadDocument()
    {
        parser.Consume<StreamStart>();
        if (!parser.TryConsume<DocumentStart>(out _))
        {
            return null;
        }

        var root = ReadNode(depth: 0);
        parser.Consume<DocumentEnd>();
        return parser.TryConsume<StreamEnd>(out _) ? root : throw TemplateText.Format("unsupported structure.");
    }

    private JsonNode? ReadNode(int depth)
    {
        var start = parser.Current!.Start;
        if (depth > TemplateText.MostDepth || ++nodes > TemplateText.MostNodes)
        {
            throw TemplateText.Format(string.Create(
                CultureInfo.InvariantCulture, $"the template is too deep or too large. (line {start.Line}, column {start.Column})"));
        }

        if (parser.TryConsume<AnchorAlias>(out var alias))
        {
            return anchors.TryGetValue(alias.Value.Value, out var known) ? Repeat(known) : throw Malformed(start);
        }

        var node = (NodeEvent)parser.Current!;
        var value = node is Scalar ? ReadScalar(parser.Consume<Scalar>())
            : node is SequenceStart ? ReadSequence(depth)
            : ReadMapping(depth);
        if (node is not Scalar && IsShortForm(node.Tag))
        {
            value = ShortForms.Apply(node.Tag.Value, value) ?? throw Malformed(start);
        }

        if (!node.Anchor.IsEmpty)
        {
            anchors[node.Anchor.Value] = value;
        }

        return value;
    }

    private JsonArray ReadSequence(int depth)
    {
        var list = new JsonArray();
        parser.Consume<SequenceStart>();
        while (!parser.TryConsume<SequenceEnd>(out _))
        {
            list.Add(ReadNode(depth + 1));
        }

        return list;
    }

    private JsonObject ReadMapping(int depth)
    {
        var map = new JsonObject();
        parser.Consume<MappingStart>();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var key = parser.Current is Scalar ? parser.Consume<Scalar>() : throw Malformed(parser.Current!.Start);
            var value = ReadNode(depth + 1);
            if (!map.TryAdd(key.Value, value))
            {
                throw Malformed(key.Start);
            }
        }

        return map;
    }

    private static JsonNode? ReadScalar(Scalar scalar)
    {
        if (IsShortForm(scalar.Tag))
        {
            return ShortForms.Apply(scalar.Tag.Value, JsonValue.Create(scalar.Value)) ?? throw Malformed(scalar.Start);
        }

        return scalar is { Style: ScalarStyle.Plain, Tag.IsEmpty: true } ? YamlScalars.Read(scalar.Value) : JsonValue.Create(scalar.Value);
    }

    // What an alias repeats counts as if it were written out.
    private JsonNode? Repeat(JsonNode? known)
    {
        nodes += CountOf(known);
        return nodes > TemplateText.MostNodes ? throw TemplateText.Format("the template is too large.") : known?.DeepClone();
    }

    private static int CountOf(JsonNode? node) => node switch
    {
        JsonObject map => 1 + map.Sum(member => CountOf(member.Value)),
        JsonArray list => 1 + list.Sum(CountOf),
        _ => 1,
    };

    private static bool IsShortForm(TagName tag) => !tag.IsEmpty && tag.Value is ['!', not '!', ..];

    private static Exception Malformed(Mark place) => TemplateText.Format(string.Create(
        CultureInfo.InvariantCulture, $"YAML not well-formed. (line {place.Line}, column {place.Column})"));
}
