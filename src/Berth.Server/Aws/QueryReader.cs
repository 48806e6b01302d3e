using System.Collections;
using System.Globalization;
using Berth.Vocabulary;
using Microsoft.Extensions.Primitives;

namespace Berth.Server.Aws;

/// <summary>Reads a Query request into a record: <c>Name</c>, <c>Tags.member.1.Key</c>, <c>Outer.Inner</c>.</summary>
/// <param name="form">The parameters; their number is bounded by who read them.</param>
internal sealed class QueryReader(IReadOnlyDictionary<string, StringValues> form)
{
    /// <summary>Reads the whole request. Members that are not given stay null.</summary>
    public object Read(Type request) => ReadRecord(request, prefix: "");

    private object ReadRecord(Type type, string prefix)
    {
        var record = Activator.CreateInstance(type)!;
        foreach (var member in RecordShape.Of(type).Members)
        {
            var name = prefix + (member.ExplicitName ?? member.Name);
            var value = member.Element is { } element ? ReadList(element, name) : ReadValue(member.Type, name);
            member.Set(record, value);
        }

        return record;
    }

    private object? ReadValue(Type type, string name)
    {
        if (RecordShape.IsRecord(type))
        {
            return form.Keys.Any(key => key.StartsWith(name + ".", StringComparison.Ordinal)) ? ReadRecord(type, name + ".") : null;
        }

        return form.TryGetValue(name, out var values) ? Convert(values.ToString(), type, name) : null;
    }

    // A list that is named with an empty value and no elements is an empty list.
    private IList? ReadList(Type element, string name)
    {
        var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(element))!;
        while (ReadValue(element, $"{name}.member.{list.Count + 1}") is { } value)
        {
            list.Add(value);
        }

        return list.Count > 0 || form.ContainsKey(name) ? list : null;
    }

    /// <summary>Reads a value; the fault names the parameter.</summary>
    internal static object Convert(string text, Type type, string name)
    {
        if (type == typeof(string))
        {
            return text;
        }

        if (type == typeof(int) && int.TryParse(text, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        if (type == typeof(long) && long.TryParse(text, CultureInfo.InvariantCulture, out var large))
        {
            return large;
        }

        if (type == typeof(bool) && bool.TryParse(text, out var flag))
        {
            return flag;
        }

        if (type == typeof(DateTimeOffset)
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment))
        {
            return moment;
        }

        throw new RequestUnreadable($"the value of '{name}' cannot be read").AsException();
    }
}
