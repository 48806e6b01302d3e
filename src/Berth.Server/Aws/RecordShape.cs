using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using Berth.Server.Aws.Constraints;

namespace Berth.Server.Aws;

/// <summary>The members of a request or response record. Collected at the first use of the record, and then kept.</summary>
internal sealed class RecordShape
{
    private static readonly ConcurrentDictionary<Type, RecordShape> Known = new();

    private RecordShape(Type type) =>
        Members = [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(property => new RecordMember(property))];

    /// <summary>The members in the order they are declared.</summary>
    public IReadOnlyList<RecordMember> Members { get; }

    /// <summary>The shape of a record.</summary>
    public static RecordShape Of(Type record) => Known.GetOrAdd(record, type => new(type));

    /// <summary>Whether a type is a record of members rather than a value or a list.</summary>
    public static bool IsRecord(Type type) => type.IsClass && !type.IsAssignableTo(typeof(IEnumerable));
}

/// <summary>One member of a record.</summary>
internal sealed class RecordMember
{
    private readonly PropertyInfo property;

    /// <summary>Reads a property's type and attributes.</summary>
    public RecordMember(PropertyInfo property)
    {
        this.property = property;
        ExplicitName = property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name;
        RecordedName = JsonEncodedText.Encode(Path);
        IsRequired = property.IsDefined(typeof(RequiredMemberAttribute));
        Type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        Element = Type.IsGenericType && Type.IsAssignableTo(typeof(IEnumerable)) && Type.GetGenericArguments() is [var element]
            ? element
            : null;

        var constraints = property.GetCustomAttributes<ConstraintAttribute>().OrderBy(constraint => constraint.Kind).ToArray();
        OfElements = Element is null ? [] : [.. constraints.Where(constraint => constraint is not CountAttribute)];
        OfValue = [.. constraints.Except(OfElements)];
    }

    /// <summary>The property's name.</summary>
    public string Name => property.Name;

    /// <summary>The name on the wire where it does not follow from <see cref="Name"/>.</summary>
    public string? ExplicitName { get; }

    /// <summary>The name in AWS's sentences about constraints: lower camel case whatever the wire has.</summary>
    public string Path => JsonNamingPolicy.CamelCase.ConvertName(ExplicitName ?? Name);

    /// <summary>The name in records of the trail, which is that of the sentences.</summary>
    public JsonEncodedText RecordedName { get; }

    /// <summary>Whether it is declared with the <c>required</c> keyword.</summary>
    public bool IsRequired { get; }

    /// <summary>Whether it tells "not given" from every value it may have.</summary>
    public bool CanBeNull => !property.PropertyType.IsValueType || Nullable.GetUnderlyingType(property.PropertyType) is not null;

    /// <summary>The type of its value, not nullable.</summary>
    public Type Type { get; }

    /// <summary>For a list the type of its elements, otherwise null.</summary>
    public Type? Element { get; }

    /// <summary>The rules on its value, or for a list on the list.</summary>
    public IReadOnlyList<ConstraintAttribute> OfValue { get; }

    /// <summary>For a list the rules on each element.</summary>
    public IReadOnlyList<ConstraintAttribute> OfElements { get; }

    /// <summary>Its value in a record.</summary>
    public object? Get(object record) => property.GetValue(record);

    /// <summary>Gives it a value in a record that is being read.</summary>
    public void Set(object record, object? value) => property.SetValue(record, value);
}
