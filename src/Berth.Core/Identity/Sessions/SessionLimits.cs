namespace Berth.Identity.Sessions;

/// <summary>The policies that a session is narrowed to: it may do at most what any of them allows.</summary>
/// <param name="Policy">A document, or null.</param>
/// <param name="PolicyArns">Managed policies.</param>
public sealed record SessionLimits(string? Policy, IReadOnlyList<string> PolicyArns)
{
    /// <summary>The most managed policies of one session (STS API, AssumeRole).</summary>
    public const int MostPolicies = 10;

    /// <summary>A session that may do all its owner may.</summary>
    public static SessionLimits None { get; } = new(null, []);

    /// <summary>Whether there are any.</summary>
    public bool AreGiven => Policy is not null || PolicyArns.Count > 0;
}
