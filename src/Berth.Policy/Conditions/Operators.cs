using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Berth.Policy.Conditions;

/// <summary>Every condition operator there is.</summary>
internal static class Operators
{
    private const string IfExists = "IfExists";
    private const string Null = "Null";

    private static readonly FrozenDictionary<string, Operator> All = new Dictionary<string, Operator>(StringComparer.OrdinalIgnoreCase)
    {
        ["StringEquals"] = new(Texts.Same),
        ["StringNotEquals"] = new(Texts.Same, IsNegated: true),
        ["StringEqualsIgnoreCase"] = new(Texts.SameIgnoringCase),
        ["StringNotEqualsIgnoreCase"] = new(Texts.SameIgnoringCase, IsNegated: true),
        ["StringLike"] = new(Texts.Like),
        ["StringNotLike"] = new(Texts.Like, IsNegated: true),
        ["NumericEquals"] = new(Numbers.That(order => order == 0)),
        ["NumericNotEquals"] = new(Numbers.That(order => order == 0), IsNegated: true),
        ["NumericLessThan"] = new(Numbers.That(order => order < 0)),
        ["NumericLessThanEquals"] = new(Numbers.That(order => order <= 0)),
        ["NumericGreaterThan"] = new(Numbers.That(order => order > 0)),
        ["NumericGreaterThanEquals"] = new(Numbers.That(order => order >= 0)),
        ["DateEquals"] = new(Dates.That(order => order == 0)),
        ["DateNotEquals"] = new(Dates.That(order => order == 0), IsNegated: true),
        ["DateLessThan"] = new(Dates.That(order => order < 0)),
        ["DateLessThanEquals"] = new(Dates.That(order => order <= 0)),
        ["DateGreaterThan"] = new(Dates.That(order => order > 0)),
        ["DateGreaterThanEquals"] = new(Dates.That(order => order >= 0)),
        ["Bool"] = new(Texts.SameBoolean),
        ["BinaryEquals"] = new(Texts.SameBytes),
        ["IpAddress"] = new(Addresses.Within),
        ["NotIpAddress"] = new(Addresses.Within, IsNegated: true),
        ["ArnEquals"] = new(Texts.LikeArn),
        ["ArnLike"] = new(Texts.LikeArn),
        ["ArnNotEquals"] = new(Texts.LikeArn, IsNegated: true),
        ["ArnNotLike"] = new(Texts.LikeArn, IsNegated: true),
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The condition under a name such as <c>ForAnyValue:StringLikeIfExists</c>; null when there is no such operator.</summary>
    public static Condition? Find(string name, string key, ImmutableArray<string> values, bool variables)
    {
        if (string.Equals(name, Null, StringComparison.OrdinalIgnoreCase))
        {
            return new NullCondition(key, values);
        }

        var (quantifier, rest) = Cut(name);
        var ifExists = rest.EndsWith(IfExists, StringComparison.OrdinalIgnoreCase);
        return All.TryGetValue(ifExists ? rest[..^IfExists.Length] : rest, out var found)
            ? new ValueCondition(key, found.IsNegated, quantifier, ifExists, [.. values.Select(value => found.Make(value, variables))])
            : null;
    }

    private static (Quantifier Quantifier, string Operator) Cut(string name)
    {
        var colon = name.IndexOf(':', StringComparison.Ordinal);
        return name[..Math.Max(0, colon)].ToUpperInvariant() switch
        {
            "FORALLVALUES" => (Quantifier.All, name[(colon + 1)..]),
            "FORANYVALUE" => (Quantifier.Any, name[(colon + 1)..]),
            _ => (Quantifier.One, name),
        };
    }
}
