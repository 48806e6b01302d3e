using System.Collections.Immutable;
using Berth.Policy.Documents;

namespace Berth.Policy;

/// <summary>The outcome alone.</summary>
public enum Verdict
{
    /// <summary>Something grants it and nothing forbids it.</summary>
    Allowed,

    /// <summary>Nothing grants it.</summary>
    ImplicitlyDenied,

    /// <summary>A statement forbids it, which always wins.</summary>
    ExplicitlyDenied,
}

/// <summary>The outcome of an access request with its reason.</summary>
/// <param name="Verdict">The outcome.</param>
/// <param name="Because">The clause with which AWS ends its sentence of denial; empty for a request that is allowed.</param>
/// <param name="Reasons">
/// The statements that decided: those that grant it, or those that forbid it; none when nothing grants it, or when the
/// caller is the root.
/// </param>
public sealed record Decision(Verdict Verdict, string Because, ImmutableArray<Reason> Reasons);

/// <summary>A statement that decided.</summary>
/// <param name="Kind">The kind of its policy.</param>
/// <param name="Document">The place of its policy among those of the kind, from 1.</param>
/// <param name="Statement">The statement.</param>
public readonly record struct Reason(PolicyKind Kind, int Document, Statement Statement)
{
    /// <summary>For people: <c>Identity policy 1, statement 2 (AllowPull)</c>.</summary>
    public override string ToString() => Statement.Sid is { Length: > 0 } sid
        ? FormattableString.Invariant($"{Kind} policy {Document}, statement {Statement.Number} ({sid})")
        : FormattableString.Invariant($"{Kind} policy {Document}, statement {Statement.Number}");
}
