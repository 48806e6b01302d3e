using System.Collections.Immutable;

namespace Berth.Policy.Conditions;

/// <summary>How many of a key's values must pass.</summary>
internal enum Quantifier
{
    /// <summary>The one it has: no set operator was given, so a key of many values does not fit.</summary>
    One,

    /// <summary>Every one, of which there may be none: <c>ForAllValues</c>.</summary>
    All,

    /// <summary>At least one: <c>ForAnyValue</c>.</summary>
    Any,
}

/// <summary>One operator on one key.</summary>
internal abstract class Condition
{
    public abstract bool HoldsIn(RequestContext context);
}

/// <summary><c>Null</c>: whether the key is absent.</summary>
internal sealed class NullCondition(string key, ImmutableArray<string> values) : Condition
{
    public override bool HoldsIn(RequestContext context) =>
        values.Contains(context.Find(key) is null ? "true" : "false", StringComparer.OrdinalIgnoreCase);
}

/// <summary>Every other operator.</summary>
internal sealed class ValueCondition(
    string key, bool isNegated, Quantifier quantifier, bool ifExists, ImmutableArray<ValueTest> tests) : Condition
{
    public override bool HoldsIn(RequestContext context)
    {
        if (context.Find(key) is not { } actual)
        {
            return ifExists || quantifier is Quantifier.All || (isNegated && quantifier is Quantifier.One);
        }

        return quantifier switch
        {
            Quantifier.All => CountPassing(actual, context) == actual.Values.Count,
            Quantifier.Any => CountPassing(actual, context) > 0,
            _ => !actual.IsMultivalued && Passes(actual.Values[0], context),
        };
    }

    private int CountPassing(ContextValue actual, RequestContext context)
    {
        var count = 0;
        for (var i = 0; i < actual.Values.Count; i++)
        {
            count += Passes(actual.Values[i], context) ? 1 : 0;
        }

        return count;
    }

    private bool Passes(string actual, RequestContext context)
    {
        foreach (var test in tests)
        {
            if (test(actual, context))
            {
                return !isNegated;
            }
        }

        return isNegated;
    }
}
