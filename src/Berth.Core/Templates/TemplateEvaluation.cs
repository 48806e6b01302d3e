using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Berth.Vocabulary;

namespace Berth.Templates;

/// <summary>A template with its parameters: what its functions give.</summary>
public sealed class TemplateEvaluation
{
    private const int MostText = 1 << 20;
    private const long MostSpent = 1 << 25;

    private readonly PseudoParameters pseudo;
    private readonly Dictionary<string, ParameterValue> parameters;
    private readonly TemplateConditions conditions;
    private long spent;

    /// <summary>Nothing is evaluated yet.</summary>
    /// <param name="template">The template.</param>
    /// <param name="pseudo">What it may read of its stack.</param>
    /// <param name="parameters">The value of every parameter.</param>
    public TemplateEvaluation(Template template, PseudoParameters pseudo, IReadOnlyList<ParameterValue> parameters)
    {
        (Template, this.pseudo) = (template, pseudo);
        this.parameters = parameters.ToDictionary(value => value.Key, StringComparer.Ordinal);
        conditions = new(template.Conditions, node => Evaluate(node, NoResources.Instance));
    }

    /// <summary>The template.</summary>
    public Template Template { get; }

    /// <summary>What other stacks of the account and Region export, by name; what they do not is null.</summary>
    public Func<string, string?> Exports { get; init; } = _ => null;

    /// <summary>The resources whose conditions hold.</summary>
    public IEnumerable<TemplateResource> Resources => Template.Resources.Where(resource => resource.Condition is not { } name || Holds(name));

    /// <summary>The outputs whose conditions hold.</summary>
    public IEnumerable<TemplateOutput> Outputs => Template.Outputs.Where(output => output.Condition is not { } name || Holds(name));

    /// <summary>Whether a condition holds. Fault: <see cref="TemplateInvalid"/>.</summary>
    public bool Holds(string condition) => conditions.Holds(condition);

    /// <summary>
    /// Refuses references to resources whose own conditions do not hold, and decides every condition. Fault: <see cref="TemplateInvalid"/>.
    /// </summary>
    public void CheckConditions()
    {
        var active = Resources.Select(resource => resource.LogicalId).ToHashSet(StringComparer.Ordinal);
        foreach (var (name, _) in Template.Conditions)
        {
            Holds(name);
        }

        TemplateChecks.Refuse(Resources.SelectMany(resource => Missing(resource.Properties)), "Template format error: ", "Resources");
        TemplateChecks.Refuse(Outputs.SelectMany(output => Missing(output.Value).Concat(Missing(output.ExportName))), "", "Outputs");

        IEnumerable<string> Missing(JsonNode? node) => References.In(node, Holds)
            .Select(reference => reference.Target)
            .Where(target => Template.FindResource(target) is not null && !active.Contains(target));
    }

    /// <summary>Refuses parameters that do not keep the template's rules. Fault: <see cref="TemplateInvalid"/>.</summary>
    public void CheckRules() => TemplateRules.Check(Template.Rules, node => Evaluate(node, NoResources.Instance));

    /// <summary>For every resource that there is, the ones that it needs.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Needs()
    {
        var active = Resources.Select(resource => resource.LogicalId).ToHashSet(StringComparer.Ordinal);
        return CreationOrder.Of(Template, Holds)
            .Where(entry => active.Contains(entry.Key))
            .ToDictionary(entry => entry.Key, entry => (IReadOnlyList<string>)[.. entry.Value.Where(active.Contains)], StringComparer.Ordinal);
    }

    /// <summary>The attributes that the template reads of its resources, where no function says which.</summary>
    public IEnumerable<(string LogicalId, string Attribute)> AttributesRead() =>
        Resources.Select(resource => (JsonNode?)resource.Properties).Concat(Outputs.Select(output => output.Value))
            .SelectMany(node => References.In(node, Holds))
            .Where(reference => reference.Attribute is not null)
            .Select(reference => (reference.Target, reference.Attribute!));

    /// <summary>What a value is; null when it is nothing (<c>AWS::NoValue</c>). Fault: <see cref="TemplateInvalid"/>.</summary>
    public JsonNode? Evaluate(JsonNode? node, ResourceLookup resources)
    {
        var value = EvaluateOne(node, resources);
        if (Nodes.CallOf(node) is not null)
        {
            Spend(SizeOf(value));
        }

        return value;
    }

    private JsonNode? EvaluateOne(JsonNode? node, ResourceLookup resources) => Nodes.CallOf(node) switch
    {
        ("Ref", var name) => Ref(Nodes.TextOf(name) ?? "", resources),
        ("Fn::GetAtt", var argument) => GetAttribute(argument, resources),
        ("Fn::Sub", var argument) => Substitute(argument, resources),
        ("Fn::Join", JsonArray { Count: 2 } list) => Join(list, resources),
        ("Fn::Split", JsonArray { Count: 2 } list) => Split(list, resources),
        ("Fn::Select", JsonArray { Count: 2 } list) => Select(list, resources),
        ("Fn::If", JsonArray { Count: 3 } list) => Evaluate(list[Holds(Nodes.TextOf(list[0]) ?? "") ? 1 : 2], resources),
        ("Fn::FindInMap", JsonArray { Count: 3 } list) => FindInMap([.. list.Select(item => Text(item, resources, FunctionShapes.FindInMap))]),
        ("Fn::Base64", var argument) => Base64(Text(argument, resources, FunctionShapes.Base64)),
        ("Fn::Cidr", JsonArray list) => CidrBlocks.Cut([.. list.Select(item => Text(item, resources, FunctionShapes.Cidr))]),
        ("Fn::GetAZs", var argument) => Zones(Text(argument, resources, FunctionShapes.Zones)),
        ("Fn::ImportValue", var argument) => Import(Text(argument, resources, FunctionShapes.Import)),
        (not "Condition", _) => throw FunctionShapes.Wrong("a function has the wrong arguments"),
        _ => node switch
        {
            JsonObject map => new JsonObject(map
                .Select(member => KeyValuePair.Create(member.Key, Evaluate(member.Value, resources)))
                .Where(member => member.Value is not null)),
            JsonArray list => new JsonArray([.. list.Select(item => Evaluate(item, resources)).Where(item => item is not null)]),
            _ => node?.DeepClone(),
        },
    };

    private JsonNode? Ref(string name, ResourceLookup resources) => name switch
    {
        PseudoParameters.NoValue => null,
        "AWS::NotificationARNs" => new JsonArray(),
        _ when pseudo.Find(name) is { } value => JsonValue.Create(value),
        _ when parameters.TryGetValue(name, out var given) => given.IsList
            ? new JsonArray([.. given.Parts.Select(part => JsonValue.Create(part))])
            : JsonValue.Create(given.Effective),
        _ => JsonValue.Create(resources.Ref(name)),
    };

    private JsonNode GetAttribute(JsonNode? argument, ResourceLookup resources)
    {
        var (target, attribute) = GetAtt.Read(argument) ?? throw FunctionShapes.Wrong(FunctionShapes.GetAttribute);
        return resources.Attribute(target, Text(attribute, resources, FunctionShapes.GetAttribute)).DeepClone();
    }

    private JsonValue Substitute(JsonNode? argument, ResourceLookup resources)
    {
        var (text, values) = argument is JsonArray { Count: 2 } list ? (Nodes.TextOf(list[0]), list[1] as JsonObject) : (Nodes.TextOf(argument), null);
        return Bounded(Substitution.Replace(text ?? "", name =>
        {
            var value = ValueOf(name);
            Spend(value.Length);
            return value;
        }));

        string ValueOf(string name) => Nodes.TextOf(
            values?[name] is { } given ? Evaluate(given, resources)
            : name.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot && pseudo.Find(name) is null ? resources.Attribute(name[..dot], name[(dot + 1)..])
            : Ref(name, resources))
            ?? throw FunctionShapes.Wrong($"the value of '{name}' in Fn::Sub is not a string");
    }

    private JsonNode Join(JsonArray arguments, ResourceLookup resources)
    {
        var parts = Evaluate(arguments[1], resources);
        if (ResourceLookup.IsUnknown(parts) && parts is not JsonArray)
        {
            return parts!;
        }

        var texts = (parts as JsonArray)?.Select(Nodes.TextOf).ToArray();
        return texts is null || texts.Contains(null)
            ? throw FunctionShapes.Wrong(FunctionShapes.Join)
            : Bounded(string.Join(Nodes.TextOf(arguments[0]), texts));
    }

    private JsonNode Split(JsonArray arguments, ResourceLookup resources)
    {
        var text = Text(arguments[1], resources, FunctionShapes.Split);
        return text.Contains(ResourceLookup.Unknown, StringComparison.Ordinal)
            ? JsonValue.Create(ResourceLookup.Unknown)
            : new JsonArray([.. text.Split(Nodes.TextOf(arguments[0])).Select(part => JsonValue.Create(part))]);
    }

    private JsonNode? Select(JsonArray arguments, ResourceLookup resources)
    {
        var (index, list) = (Text(arguments[0], resources, FunctionShapes.Select), Evaluate(arguments[1], resources));
        if (list is not JsonArray && ResourceLookup.IsUnknown(list))
        {
            return list;
        }

        return list is JsonArray items && int.TryParse(index, CultureInfo.InvariantCulture, out var at) && at >= 0 && at < items.Count
            ? items[at]!.DeepClone()
            : throw FunctionShapes.Wrong(FunctionShapes.Select);
    }

    private JsonNode FindInMap(string[] path) =>
        (Template.Mappings[path[0]] as JsonObject)?[path[1]]?[path[2]]?.DeepClone()
        ?? throw FunctionShapes.Wrong($"Unable to get mapping for {string.Join("::", path)}");

    private static JsonValue Base64(string text) => text.Contains(ResourceLookup.Unknown, StringComparison.Ordinal)
        ? JsonValue.Create(ResourceLookup.Unknown)
        : JsonValue.Create(Convert.ToBase64String(Encoding.UTF8.GetBytes(text)));

    // Every Region has its first three zones here.
    private JsonArray Zones(string region)
    {
        var name = region.Length == 0 ? pseudo.Region : region;
        return [name + "a", name + "b", name + "c"];
    }

    private JsonValue Import(string name) => JsonValue.Create(
        name.Contains(ResourceLookup.Unknown, StringComparison.Ordinal)
            ? ResourceLookup.Unknown
            : Exports(name) ?? throw new TemplateInvalid($"No export named {name} found").AsException());

    private string Text(JsonNode? node, ResourceLookup resources, string otherwise) =>
        Nodes.TextOf(Evaluate(node, resources)) ?? throw FunctionShapes.Wrong(otherwise);

    private static JsonValue Bounded(string text) =>
        text.Length <= MostText ? JsonValue.Create(text) : throw FunctionShapes.Wrong("a value is too long");

    // What functions give in all is bounded: a short template could ask for a long value many times.
    private void Spend(int characters)
    {
        spent += characters;
        if (spent > MostSpent)
        {
            throw FunctionShapes.Wrong("the values of the template are too long");
        }
    }

    private static int SizeOf(JsonNode? value) => value switch
    {
        JsonObject map => map.Sum(member => member.Key.Length + SizeOf(member.Value)),
        JsonArray list => list.Sum(SizeOf),
        _ => Nodes.TextOf(value)?.Length ?? 0,
    };

    // Conditions read none: that was checked when the template was read.
    private sealed class NoResources : ResourceLookup
    {
        public static readonly NoResources Instance = new();

        public override string Ref(string logicalId) => throw FunctionShapes.Wrong($"'{logicalId}' is a resource, and conditions read none");

        public override JsonNode Attribute(string logicalId, string attribute) => throw FunctionShapes.Wrong($"'{logicalId}' is a resource, and conditions read none");
    }
}
