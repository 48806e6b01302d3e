namespace Berth.Policy.Documents;

/// <summary>Whether a statement has an element.</summary>
public enum Presence
{
    /// <summary>It must not.</summary>
    Prohibited,

    /// <summary>It may.</summary>
    Optional,

    /// <summary>It must.</summary>
    Required,
}

/// <summary>In what the kinds of policies differ: who is named, and on what.</summary>
/// <param name="Principal">Whether statements have a Principal or NotPrincipal.</param>
/// <param name="Resource">Whether statements have a Resource or NotResource.</param>
public sealed record PolicyGrammar(Presence Principal, Presence Resource)
{
    /// <summary>Policies of users, groups and roles; boundaries, session and service control policies.</summary>
    public static PolicyGrammar OfIdentity { get; } = new(Presence.Prohibited, Presence.Required);

    /// <summary>The policy of one resource, which is what its statements are on unless they say more.</summary>
    public static PolicyGrammar OfResource { get; } = new(Presence.Required, Presence.Optional);

    /// <summary>Policies on many resources for many callers: of a registry, of a VPC endpoint.</summary>
    public static PolicyGrammar Shared { get; } = new(Presence.Required, Presence.Required);

    /// <summary>Who may assume a role.</summary>
    public static PolicyGrammar OfTrust { get; } = new(Presence.Required, Presence.Prohibited);
}
