using Berth.Identity.Entities;

namespace Berth.Identity.Sessions;

/// <summary>What was settled when a temporary key was issued. It is sealed into the key's token and stored nowhere.</summary>
public sealed record Session
{
    /// <summary>The id of the user or role whose session it is (<c>AIDA...</c>, <c>AROA...</c>), or the account of a root.</summary>
    public required string OwnerId { get; init; }

    /// <summary>
    /// The id of the registration that the session was handed out by, of a machine or of a pod's association, or the one that this
    /// was made from: it ends with the registration. Null for a session that none handed out.
    /// </summary>
    public string? RegistrationId { get; init; }

    /// <summary>When it began: the condition key <c>aws:TokenIssueTime</c>, by which sessions are revoked.</summary>
    public required DateTimeOffset IssuedAt { get; init; }

    /// <summary>When it ends.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Whether it was narrowed at all; a federated user always is, and with no policies may do nothing.</summary>
    public bool IsNarrowed { get; init; }

    /// <summary>The documents that it was narrowed to.</summary>
    public IReadOnlyList<string> Policies { get; init; } = [];

    /// <summary>The ARNs of managed policies that it was narrowed to.</summary>
    public IReadOnlyList<string> PolicyArns { get; init; } = [];

    /// <summary>Its tags, which come before those of the role: <c>aws:PrincipalTag</c>.</summary>
    public IReadOnlyList<EntityTag> Tags { get; init; } = [];

    /// <summary>The keys of the tags that sessions made from this one get too.</summary>
    public IReadOnlyList<string> TransitiveTagKeys { get; init; } = [];

    /// <summary>
    /// Further single-valued condition keys that hold for the whole session, such as <c>aws:SourceIdentity</c>,
    /// <c>aws:FederatedProvider</c> or <c>ec2:SourceInstanceArn</c>.
    /// </summary>
    public IReadOnlyList<KeyValuePair<string, string>> Keys { get; init; } = [];
}
