using Berth.Policy.Simulation;

namespace Berth.Server.Iam.Simulation;

/// <summary>What both simulations answer.</summary>
internal sealed record SimulationAnswer(IReadOnlyList<EvaluationResult> EvaluationResults, bool IsTruncated, string? Marker);

/// <summary>What became of one action on one resource.</summary>
internal sealed record EvaluationResult(string EvalActionName, string EvalResourceName, string EvalDecision)
{
    public IReadOnlyList<MatchedStatement> MatchedStatements { get; init; } = [];

    public IReadOnlyList<string> MissingContextValues { get; init; } = [];

    public PermissionsBoundaryDecision? PermissionsBoundaryDecisionDetail { get; init; }
}

/// <summary>Whether the boundary lets it pass, whatever else decides.</summary>
internal sealed record PermissionsBoundaryDecision(bool AllowedByPermissionsBoundary);

/// <summary>A statement that decided, and where it stands.</summary>
internal sealed record MatchedStatement(string SourcePolicyId, string SourcePolicyType, Position StartPosition, Position EndPosition);

/// <summary>A place in a document.</summary>
internal sealed record Position(int Line, int Column)
{
    /// <summary>A place as the wire has it.</summary>
    public static Position Of(TextPosition place) => new(place.Line, place.Column);
}
