using System.Collections.Immutable;
using Berth.Policy.Conditions;
using Berth.Policy.Patterns;

namespace Berth.Policy.Documents;

/// <summary>What a statement does where it applies.</summary>
public enum Effect
{
    /// <summary>Grants.</summary>
    Allow,

    /// <summary>Forbids, whatever else grants.</summary>
    Deny,
}

/// <summary>One statement of a policy.</summary>
public sealed class Statement
{
    private readonly PatternElement<Template> actions;

    internal Statement(int number, string? sid, Effect effect, PatternElement<Template> actions) =>
        (Number, Sid, Effect, this.actions) = (number, sid, effect, actions);

    /// <summary>Its place in the document, from 1.</summary>
    public int Number { get; }

    /// <summary>The name its author gave it.</summary>
    public string? Sid { get; }

    /// <summary>What it does where it applies.</summary>
    public Effect Effect { get; }

    /// <summary>Whether it applies under conditions only.</summary>
    public bool IsConditional => Conditions.Length > 0;

    /// <summary>Null in a policy of an identity, which is about its owner.</summary>
    internal PrincipalElement? Principals { get; init; }

    /// <summary>Null in a policy of a resource that is about this resource.</summary>
    internal PatternElement<ArnPattern>? Resources { get; init; }

    internal ImmutableArray<Condition> Conditions { get; init; } = [];

    /// <summary>How the statement means the caller, or <see cref="PrincipalMatch.None"/> when it does not apply to the request.</summary>
    internal PrincipalMatch Match(AccessRequest request, Caller caller) =>
        MatchesAction(request) && MatchesResource(request) && MeansCaller(caller, out var match) && HoldIn(request.Context)
            ? match
            : PrincipalMatch.None;

    private bool MatchesAction(AccessRequest request)
    {
        foreach (var pattern in actions.Patterns)
        {
            if (pattern.Matches(request.Action, request.Context))
            {
                return !actions.IsNegated;
            }
        }

        return actions.IsNegated;
    }

    private bool MatchesResource(AccessRequest request)
    {
        if (Resources is null)
        {
            return true;
        }

        foreach (var pattern in Resources.Patterns)
        {
            if (pattern.Matches(request.Resource, request.Context))
            {
                return !Resources.IsNegated;
            }
        }

        return Resources.IsNegated;
    }

    private bool MeansCaller(Caller caller, out PrincipalMatch match)
    {
        match = Principals?.Match(caller, Effect) ?? PrincipalMatch.Caller;
        return match is not PrincipalMatch.None;
    }

    private bool HoldIn(RequestContext context)
    {
        foreach (var condition in Conditions)
        {
            if (!condition.HoldsIn(context))
            {
                return false;
            }
        }

        return true;
    }
}

/// <summary>Action or NotAction, Resource or NotResource.</summary>
internal sealed record PatternElement<TPattern>(ImmutableArray<TPattern> Patterns, bool IsNegated);
