using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace Berth.Server.CloudFormation.Types;

/// <summary>The properties of a resource type or of a structure within it. Collected at the first use, and then kept.</summary>
internal sealed class PropertyShape
{
    private static readonly ConcurrentDictionary<Type, PropertyShape> Known = new();
    private readonly Dictionary<string, PropertyMember> byName;

    private PropertyShape(Type record)
    {
        Members = [.. record.GetProperties().Where(property => property.CanWrite).Select(property => new PropertyMember(property))];
        byName = Members.ToDictionary(member => member.Name, StringComparer.Ordinal);
    }

    /// <summary>All of them in the order they are declared.</summary>
    public IReadOnlyList<PropertyMember> Members { get; }

    /// <summary>The shape of a record.</summary>
    public static PropertyShape Of(Type record) => Known.GetOrAdd(record, type => new(type));

    /// <summary>The property of that name, whose case counts; null for none.</summary>
    public PropertyMember? Find(string name) => byName.GetValueOrDefault(name);
}

/// <summary>One property.</summary>
internal sealed class PropertyMember
{
    private readonly PropertyInfo property;

    /// <summary>Reads its type and attributes.</summary>
    public PropertyMember(PropertyInfo property)
    {
        this.property = property;
        IsRequired = property.IsDefined(typeof(RequiredMemberAttribute));
        IsCreateOnly = property.IsDefined(typeof(CreateOnlyAttribute));
        IsDocument = property.IsDefined(typeof(DocumentAttribute));
        IsInert = property.IsDefined(typeof(InertAttribute));
        Refusal = property.GetCustomAttribute<RefusedAttribute>()?.Because;
        Type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
    }

    /// <summary>As templates have it.</summary>
    public string Name => property.Name;

    /// <summary>Whether it must be given: it is declared with the <c>required</c> keyword.</summary>
    public bool IsRequired { get; }

    /// <summary>Whether another value replaces the resource.</summary>
    public bool IsCreateOnly { get; }

    /// <summary>Whether a mapping may stand for its text.</summary>
    public bool IsDocument { get; }

    /// <summary>Whether any value does.</summary>
    public bool IsInert { get; }

    /// <summary>Why it is refused; null when it is not.</summary>
    public string? Refusal { get; }

    /// <summary>The type of its value, not nullable.</summary>
    public Type Type { get; }

    /// <summary>For a list the type of its elements, otherwise null.</summary>
    public static Type? ElementOf(Type type) =>
        type.IsGenericType && type.IsAssignableTo(typeof(IEnumerable)) && !IsJson(type) ? type.GetGenericArguments()[0] : null;

    /// <summary>Whether values of the type are kept as they stand in the template.</summary>
    public static bool IsJson(Type type) => type.IsAssignableTo(typeof(JsonNode));

    /// <summary>Its value in a record.</summary>
    public object? Get(object record) => property.GetValue(record);

    /// <summary>Gives it a value in a record that is being read.</summary>
    public void Set(object record, object? value) => property.SetValue(record, value);
}
