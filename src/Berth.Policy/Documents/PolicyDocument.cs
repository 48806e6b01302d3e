using System.Collections.Immutable;

namespace Berth.Policy.Documents;

/// <summary>A policy, parsed once and ready to decide.</summary>
/// <param name="Version"><c>2012-10-17</c> or, also when none is given, <c>2008-10-17</c>.</param>
/// <param name="Id">The name its author gave it.</param>
/// <param name="Statements">At least one.</param>
public sealed record PolicyDocument(string Version, string? Id, ImmutableArray<Statement> Statements)
{
    /// <summary>The version that has variables.</summary>
    public const string Current = "2012-10-17";

    /// <summary>The version of a document that names none; what looks like a variable is text.</summary>
    public const string Legacy = "2008-10-17";
}
