using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;

namespace Berth.Tests.ReferencePages;

/// <summary>How the members of wire records are described to people.</summary>
internal static class WireTypes
{
    private static readonly NullabilityInfoContext Nullability = new();

    /// <summary>The members that are read or written; what a record computes from them is its own affair.</summary>
    public static IEnumerable<RecordMember> MembersOf(Type record) =>
        RecordShape.Of(record).Members.Where(member => record.GetProperty(member.Name)!.CanWrite);

    /// <summary>The member's name on the wire.</summary>
    public static string NameOf(RecordMember member, Protocol protocol) =>
        member.ExplicitName ?? (protocol is Json11 { MembersInCamelCase: true } ? JsonNamingPolicy.CamelCase.ConvertName(member.Name) : member.Name);

    /// <summary>Whether a request must have the member, and an answer always has it.</summary>
    public static bool IsAlwaysThere(Type record, RecordMember member)
    {
        var property = record.GetProperty(member.Name)!;
        return property.IsDefined(typeof(RequiredMemberAttribute))
            || Nullability.Create(property).ReadState is NullabilityState.NotNull;
    }

    /// <summary>The record a member holds, or a list of; null when it holds plain values.</summary>
    public static Type? RecordIn(RecordMember member) =>
        (member.Element ?? member.Type) is var type && RecordShape.IsRecord(type) ? type : null;

    /// <summary>The member's type in words, records as links.</summary>
    public static string TypeOf(RecordMember member) =>
        member.Element is { } element ? $"list of {NameOf(element)}" : NameOf(member.Type);

    /// <summary>The rules on a member in words.</summary>
    public static string ConstraintsOf(RecordMember member)
    {
        var each = string.Join(", ", member.OfElements.Select(rule => Describe(rule, member.Element!)));
        return string.Join("; ", member.OfValue.Select(rule => Describe(rule, member.Type)).Append(each.Length > 0 ? $"each {each}" : "")
            .Where(words => words.Length > 0));
    }

    private static string NameOf(Type type) => type switch
    {
        _ when type == typeof(string) => "string",
        _ when type == typeof(bool) => "boolean",
        _ when type == typeof(int) || type == typeof(long) => "integer",
        _ when type == typeof(DateTimeOffset) => "timestamp",
        _ when type == typeof(byte[]) => "blob",
        _ when type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>) =>
            $"map of {NameOf(type.GetGenericArguments()[1])}",
        _ when RecordShape.IsRecord(type) => MarkdownPage.LinkTo(type.Name),
        _ => throw new NotSupportedException($"{type} has no name here yet"),
    };

    private static string Describe(ConstraintAttribute rule, Type type) => rule switch
    {
        LengthAttribute length => Between(length.Min, length.Max, int.MaxValue) + (type == typeof(byte[]) ? " bytes" : " characters"),
        CountAttribute count => Between(count.Min, count.Max, int.MaxValue) + " elements",
        RangeAttribute range => Between(range.Min, range.Max, long.MaxValue),
        PatternAttribute pattern => MarkdownPage.Code(pattern.Pattern),
        ValuesAttribute values => string.Join(", ", values.Values.Select(MarkdownPage.Code)),
        _ => throw new NotSupportedException($"{rule.GetType()} cannot be described yet"),
    };

    private static string Between(long min, long max, long unbounded) => max == unbounded
        ? string.Create(CultureInfo.InvariantCulture, $"at least {min}")
        : string.Create(CultureInfo.InvariantCulture, $"{min} to {max}");
}
