namespace Berth.Policy;

/// <summary>The kinds of policies, in the order in which AWS names the one that forbids.</summary>
public enum PolicyKind
{
    /// <summary>What an organization lets the accounts of a level do.</summary>
    ServiceControl,

    /// <summary>What an organization lets anybody do with its resources.</summary>
    ResourceControl,

    /// <summary>What may pass a VPC endpoint.</summary>
    Endpoint,

    /// <summary>The policy of the resource itself, of its registry, or of the role that is to be assumed.</summary>
    Resource,

    /// <summary>The most that policies of a user or role can grant.</summary>
    Boundary,

    /// <summary>The most that a session can do.</summary>
    Session,

    /// <summary>Policies of a user with its groups, or of a role.</summary>
    Identity,
}
