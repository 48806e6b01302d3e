using System.Collections;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Berth.Server.Gate;

namespace Berth.Server.CloudFormation.Types;

/// <summary>
/// Reads the properties of a resource into a record, strictly: names by their case, all that is required, and nothing unknown. Numbers and
/// truths may be given as texts and texts as numbers, as CloudFormation has it.
/// </summary>
internal sealed class PropertyReader
{
    private static readonly JsonSerializerOptions AsWritten = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private string? flaw;

    /// <summary>The record, and the first flaw in CloudFormation's words; with a flaw the record is of no use.</summary>
    public static (T Record, string? Flaw) Read<T>(JsonObject properties)
        where T : class
    {
        var reader = new PropertyReader();
        var record = (T)reader.ReadRecord(typeof(T), properties, "");
        return (record, reader.flaw);
    }

    private object ReadRecord(Type type, JsonObject from, string path)
    {
        var shape = PropertyShape.Of(type);
        foreach (var (name, _) in from)
        {
            if (shape.Find(name) is null)
            {
                Flaw($"Encountered unsupported property {name}");
            }
        }

        var record = Activator.CreateInstance(type)!;
        foreach (var member in shape.Members)
        {
            if (from[member.Name] is { } value)
            {
                ReadMember(record, member, value, $"{path}/{member.Name}");
            }
            else if (member.IsRequired)
            {
                Flaw($"Property validation failure: [The property {{{path}/{member.Name}}} is required]");
            }
        }

        if (record is TagProperty { Key: { } key } && !RequestTags.IsAsked(key))
        {
            Flaw($"Property validation failure: [{ResourceTagSet.ReservedRefusal}]");
        }

        return record;
    }

    private void ReadMember(object record, PropertyMember member, JsonNode value, string path)
    {
        if (member.Refusal is { } because)
        {
            Flaw($"the property {path[1..]} is not offered by this server: {because}");
        }
        else if (member.IsDocument && value is JsonObject document)
        {
            member.Set(record, document.ToJsonString(AsWritten));
        }
        else if (!member.IsInert)
        {
            member.Set(record, ReadValue(member.Type, value, path));
        }
    }

    private object? ReadValue(Type type, JsonNode value, string path)
    {
        if (PropertyMember.ElementOf(type) is { } element)
        {
            return value is JsonArray array ? ReadList(element, array, path) : Mismatch(path, "List");
        }

        if (PropertyMember.IsJson(type))
        {
            return type.IsInstanceOfType(value) ? value : Mismatch(path, "Map");
        }

        if (type == typeof(string) || type.IsValueType)
        {
            return value is JsonValue scalar ? ReadScalar(type, scalar, path) : Mismatch(path, NameOf(type));
        }

        return value is JsonObject nested ? ReadRecord(type, nested, path) : Mismatch(path, "Map");
    }

    private IList ReadList(Type element, JsonArray from, string path)
    {
        var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(element))!;
        for (var i = 0; i < from.Count; i++)
        {
            var place = string.Create(CultureInfo.InvariantCulture, $"{path}/{i}");
            if (from[i] is { } value && ReadValue(element, value, place) is { } read)
            {
                list.Add(read);
            }
            else
            {
                Mismatch(place, NameOf(element));
            }
        }

        return list;
    }

    private object? ReadScalar(Type type, JsonValue value, string path)
    {
        var text = value.GetValueKind() is JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString();
        if (type == typeof(string))
        {
            return text;
        }

        if (type == typeof(int) && int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        return type == typeof(bool) && bool.TryParse(text, out var flag) ? flag : Mismatch(path, NameOf(type));
    }

    private object? Mismatch(string path, string wanted)
    {
        Flaw($"Property validation failure: [Value of property {{{path}}} does not match type {{{wanted}}}]");
        return null;
    }

    private void Flaw(string text) => flaw ??= text;

    private static string NameOf(Type type) =>
        type == typeof(string) ? "String" : type == typeof(int) ? "Number" : type == typeof(bool) ? "Boolean" : "Map";
}
