using System.Collections;
using Berth.Vocabulary;
using Microsoft.Extensions.Primitives;

namespace Berth.Server.Aws;

/// <summary>Reads an EC2 request into a record: <c>VpcId</c>, <c>Filter.1.Value.2</c>. A parameter that nothing reads is refused.</summary>
/// <param name="form">The parameters; their number is bounded by who read them.</param>
internal sealed class Ec2Reader(IReadOnlyDictionary<string, StringValues> form)
{
    private readonly HashSet<string> read = new(["Action", "Version"], StringComparer.Ordinal);

    /// <summary>Reads the whole request. Members that are not given stay null.</summary>
    public object Read(Type request)
    {
        var record = ReadRecord(request, prefix: "");
        return form.Keys.FirstOrDefault(name => !read.Contains(name) && !IsOfSignature(name)) is { } other
            ? throw NetworkRefused.UnknownParameter(other).AsException()
            : record;
    }

    private static bool IsOfSignature(string name) => name.StartsWith("X-Amz-", StringComparison.OrdinalIgnoreCase);

    private object ReadRecord(Type type, string prefix)
    {
        var record = Activator.CreateInstance(type)!;
        foreach (var member in RecordShape.Of(type).Members)
        {
            var name = prefix + Capital(member.ExplicitName ?? member.Name);
            member.Set(record, member.Element is { } element ? ReadList(element, name) : ReadValue(member.Type, name));
        }

        return record;
    }

    private object? ReadValue(Type type, string name)
    {
        if (RecordShape.IsRecord(type))
        {
            return form.Keys.Any(key => key.StartsWith(name + ".", StringComparison.Ordinal)) ? ReadRecord(type, name + ".") : null;
        }

        if (!form.TryGetValue(name, out var values))
        {
            return null;
        }

        read.Add(name);
        return QueryReader.Convert(values.ToString(), type, name);
    }

    private IList? ReadList(Type element, string name)
    {
        var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(element))!;
        while (ReadValue(element, $"{name}.{list.Count + 1}") is { } value)
        {
            list.Add(value);
        }

        return list.Count > 0 ? list : null;
    }

    private static string Capital(string name) => char.ToUpperInvariant(name[0]) + name[1..];
}
