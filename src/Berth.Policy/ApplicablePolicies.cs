using Berth.Policy.Documents;

namespace Berth.Policy;

/// <summary>How the policy of the resource takes part within an account.</summary>
public enum ResourceSide
{
    /// <summary>It may grant what policies of the identity do not.</summary>
    MayGrant,

    /// <summary>Without it nothing is granted, as with the policy of a key.</summary>
    MustGrant,

    /// <summary>As <see cref="MustGrant"/>: it says who may assume a role.</summary>
    Trust,
}

/// <summary>Everything that has a say in one request; what is left out sets no limit and grants nothing.</summary>
public sealed record ApplicablePolicies
{
    /// <summary>No policy at all: only the root of an account may then do anything.</summary>
    public static ApplicablePolicies None { get; } = new();

    /// <summary>Policies of the user with its groups, or of the role.</summary>
    public IReadOnlyList<PolicyDocument> Identity { get; init; } = [];

    /// <summary>Policies of the resource: of the repository and of its registry, or a role's trust policy.</summary>
    public IReadOnlyList<PolicyDocument> Resource { get; init; } = [];

    /// <summary>How the policies of the resource take part.</summary>
    public ResourceSide ResourceSide { get; init; }

    /// <summary>The permissions boundary of the user or role.</summary>
    public PolicyDocument? Boundary { get; init; }

    /// <summary>
    /// The policies a session was narrowed to: it may do what any of them allows, and with an empty list nothing. Null for a
    /// session that may do all that its identity may.
    /// </summary>
    public IReadOnlyList<PolicyDocument>? Session { get; init; }

    /// <summary>The policy of the VPC endpoint the request came through.</summary>
    public PolicyDocument? Endpoint { get; init; }

    /// <summary>Service control policies of each level, from the root to the account; every level must allow.</summary>
    public IReadOnlyList<IReadOnlyList<PolicyDocument>> ServiceControl { get; init; } = [];

    /// <summary>Resource control policies of each level; every level must allow.</summary>
    public IReadOnlyList<IReadOnlyList<PolicyDocument>> ResourceControl { get; init; } = [];
}
