using Berth.Policy;
using Berth.Policy.Documents;

namespace Berth.Server.Gate;

/// <summary>What a resource has to say about who may do what with it.</summary>
/// <param name="Arn">Its ARN, or <c>*</c>.</param>
/// <param name="Account">The account that owns it.</param>
internal sealed record ResourceRules(string Arn, string Account)
{
    /// <summary>Its own policies.</summary>
    public IReadOnlyList<PolicyDocument> Policies { get; init; } = [];

    /// <summary>How they take part.</summary>
    public ResourceSide Side { get; init; }

    /// <summary>The ARN of the permissions boundary of a user or role, or null.</summary>
    public string? Boundary { get; init; }

    /// <summary>Whether it is reached through VPC endpoints only.</summary>
    public bool IsBehindDoors { get; init; }

    /// <summary>The value of one of its tags, or null.</summary>
    public Func<string, string?> FindTag { get; init; } = _ => null;
}
