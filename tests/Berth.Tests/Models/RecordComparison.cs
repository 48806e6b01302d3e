using System.Text.Json;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;

namespace Berth.Tests.Models;

/// <summary>Compares records with the shapes they stand for and collects every difference.</summary>
/// <param name="model">The service's model.</param>
/// <param name="isJson">Whether members are named in camel case on the wire, or as the properties are.</param>
/// <param name="isRequest">A request must have every member and rule; an answer may leave out what is optional.</param>
internal sealed class RecordComparison(AwsModel model, bool isJson, bool isRequest)
{
    private readonly HashSet<(Type, string)> compared = [];

    public List<string> Differences { get; } = [];

    public void Compare(Type record, string? shapeName, string path)
    {
        var shape = shapeName is null ? new ModelShape("structure") : model.Shapes[shapeName];
        if (!compared.Add((record, shapeName ?? "")))
        {
            return;
        }

        var members = RecordShape.Of(record).Members.ToDictionary(NameOf, StringComparer.Ordinal);
        var needed = isRequest ? shape.Members.Keys : shape.Required;
        Differences.AddRange(needed.Except(members.Keys, StringComparer.Ordinal).Select(name => $"{path}.{name} is missing"));
        Differences.AddRange(members.Keys.Except(shape.Members.Keys, StringComparer.Ordinal).Select(name => $"{path}.{name} is not in the model"));
        foreach (var (name, member) in members.Where(member => shape.Members.ContainsKey(member.Key)))
        {
            CompareMember(member, shape.Members[name], $"{path}.{name}");
            if (isRequest && member.IsRequired != shape.Required.Contains(name, StringComparer.Ordinal))
            {
                Differences.Add($"{path}.{name} is {(member.IsRequired ? "" : "not ")}required");
            }

            if (member is { IsRequired: true, CanBeNull: false } && isRequest)
            {
                Differences.Add($"{path}.{name} must be nullable, so that its absence shows");
            }
        }
    }

    private void CompareMember(RecordMember member, string shapeName, string path)
    {
        var shape = model.Shapes[shapeName];
        if (shape.Type is "list")
        {
            if (member.Element is null)
            {
                Differences.Add($"{path} is no list");
                return;
            }

            CompareBounds(member.OfValue, shape, path);
            CompareValue(member.Element, member.OfElements, shape.Member!, $"{path}[]");
        }
        else
        {
            CompareValue(member.Type, member.OfValue, shapeName, path);
        }
    }

    private void CompareValue(Type type, IReadOnlyList<ConstraintAttribute> constraints, string shapeName, string path)
    {
        var shape = model.Shapes[shapeName];
        if (shape.Type is "structure")
        {
            Compare(type, shapeName, path);
            return;
        }

        if (!IsOf(type, shape.Type))
        {
            Differences.Add($"{path} is {type.Name}, the model has {shape.Type}");
        }

        CompareBounds(constraints, shape, path);
        if (isRequest && Plain(shape.Pattern) is var pattern
            && !string.Equals(pattern, Plain(constraints.OfType<PatternAttribute>().SingleOrDefault()?.Pattern), StringComparison.Ordinal))
        {
            Differences.Add($"{path} must match {pattern ?? "no pattern"}");
        }

        var values = constraints.OfType<ValuesAttribute>().SingleOrDefault()?.Values ?? [];
        if (isRequest && !values.ToHashSet(StringComparer.Ordinal).SetEquals(shape.Enum))
        {
            Differences.Add($"{path} must be one of [{string.Join(", ", shape.Enum)}]");
        }
    }

    private void CompareBounds(IReadOnlyList<ConstraintAttribute> constraints, ModelShape shape, string path)
    {
        var (min, max) = constraints.FirstOrDefault(constraint => constraint is LengthAttribute or CountAttribute or RangeAttribute) switch
        {
            LengthAttribute length => (length.Min, length.Max is int.MaxValue ? null : length.Max),
            CountAttribute count => (count.Min, count.Max is int.MaxValue ? null : count.Max),
            RangeAttribute range => (range.Min, range.Max is long.MaxValue ? null : range.Max),
            _ => ((long?)null, (long?)null),
        };
        if (isRequest && ((min ?? LeastOf(shape)) != (shape.Min ?? LeastOf(shape)) || max != shape.Max))
        {
            Differences.Add($"{path} is bounded by {min}..{max}, the model has {shape.Min}..{shape.Max}");
        }
    }

    private static long LeastOf(ModelShape shape) => shape.Type is "integer" or "long" ? long.MinValue : 0;

    private static bool IsOf(Type type, string modelled) => modelled switch
    {
        "string" => type == typeof(string),
        "integer" => type == typeof(int),
        "long" => type == typeof(long),
        "double" => type == typeof(double),
        "boolean" => type == typeof(bool),
        "timestamp" => type == typeof(DateTimeOffset),
        "blob" => type == typeof(byte[]),
        "map" => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>),
        _ => false,
    };

    private string NameOf(RecordMember member) =>
        member.ExplicitName ?? (isJson ? JsonNamingPolicy.CamelCase.ConvertName(member.Name) : member.Name);

    // The model escapes slashes and anchors some patterns; both mean the same to a match of the whole text.
    private static string? Plain(string? pattern) =>
        pattern?.Replace(@"\/", "/", StringComparison.Ordinal) is { } plain
            ? plain.StartsWith('^') && plain.EndsWith('$') ? plain[1..^1] : plain
            : null;
}
