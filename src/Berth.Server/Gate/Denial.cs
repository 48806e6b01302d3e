using Berth.Policy;
using Berth.Vocabulary;

namespace Berth.Server.Gate;

/// <summary>All there is to tell of one denied access, to the accounts that it concerns.</summary>
internal sealed record Denial
{
    /// <summary>Whether a statement forbade it, or nothing granted it.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>The caller's user id.</summary>
    public required string PrincipalId { get; init; }

    /// <summary>The caller's ARN.</summary>
    public required string PrincipalArn { get; init; }

    /// <summary>The IAM action.</summary>
    public required string Action { get; init; }

    /// <summary>The ARN it was to be done on, or <c>*</c>.</summary>
    public required string Resource { get; init; }

    /// <summary>The caller's account; null when it is not to learn why.</summary>
    public string? PrincipalAccount { get; init; }

    /// <summary>The account that the resource belongs to.</summary>
    public required string ResourceAccount { get; init; }

    /// <summary>The statements that forbade it.</summary>
    public IReadOnlyList<DenyingStatement> Statements { get; init; } = [];

    /// <summary>The condition keys of the access with their values.</summary>
    public IReadOnlyList<KeyValuePair<string, IReadOnlyList<string>>> Conditions { get; init; } = [];

    /// <summary>
    /// What the decision on an access rests on. Of a role's trust the account of the role alone is told; and how long a message
    /// is must not tell others whether the role is there, so statements stay out of it.
    /// </summary>
    public static Denial Of(Access access, Decision decision, AccessContext context) => new()
    {
        Verdict = decision.Verdict,
        PrincipalId = access.Caller.Principal.UserId,
        PrincipalArn = access.Caller.Arn,
        Action = access.Action,
        Resource = access.Resource,
        PrincipalAccount = access.IsAboutTrust ? null : access.Caller.Account.ToString(),
        ResourceAccount = context.ResourceAccount,
        Statements = access.IsAboutTrust
            ? []
            : [.. decision.Reasons.Select(reason => new DenyingStatement(reason.Kind, reason.Statement.Sid ?? "", reason.ToString()))],
        Conditions = [.. context.Known().Select(known => KeyValuePair.Create(known.Key, known.Value.Values))],
    };

    /// <summary>What an account may know of it: of another's policies not a word. Null for an account it does not concern.</summary>
    public Denial? For(AccountId reader)
    {
        var account = reader.ToString();
        var isPrincipals = string.Equals(account, PrincipalAccount, StringComparison.Ordinal);
        var isResources = string.Equals(account, ResourceAccount, StringComparison.Ordinal);
        return isPrincipals || isResources
            ? this with { Statements = [.. Statements.Where(statement => statement.IsOfResource ? isResources : isPrincipals)] }
            : null;
    }
}

/// <summary>A statement that forbade an access.</summary>
/// <param name="Kind">The kind of its policy.</param>
/// <param name="Sid">The name its author gave it; empty for none.</param>
/// <param name="Place">Where it stands: <c>Identity policy 1, statement 2 (NoPush)</c>.</param>
internal sealed record DenyingStatement(PolicyKind Kind, string Sid, string Place)
{
    /// <summary>Whether its policy belongs to the resource's account, and not to the caller's.</summary>
    public bool IsOfResource => Kind is PolicyKind.Resource or PolicyKind.ResourceControl;
}
