using System.Collections.Immutable;
using Berth.Policy.Documents;

namespace Berth.Policy;

/// <summary>Asks every statement once, and holds what each kind of policy says.</summary>
internal sealed class Ballot
{
    private readonly AccessRequest request;
    private readonly Caller caller;
    private readonly List<Reason> denies = [];
    private readonly List<Reason> grants = [];
    private readonly bool serviceControl;
    private readonly bool resourceControl;
    private readonly bool endpoint;

    // The order is that of PolicyKind, so that the first deny is of the kind AWS names.
    public Ballot(AccessRequest request, ApplicablePolicies policies)
    {
        this.request = request;
        caller = new(request, policies.Boundary is not null);
        serviceControl = AskLevels(PolicyKind.ServiceControl, policies.ServiceControl);
        resourceControl = AskLevels(PolicyKind.ResourceControl, policies.ResourceControl);
        endpoint = policies.Endpoint is null || Ask(PolicyKind.Endpoint, 1, policies.Endpoint) is not PrincipalMatch.None;
        Resource = AskAll(PolicyKind.Resource, policies.Resource);
        Boundary = policies.Boundary is null || Ask(PolicyKind.Boundary, 1, policies.Boundary) is not PrincipalMatch.None;
        Session = policies.Session is null || AskAll(PolicyKind.Session, policies.Session) is not PrincipalMatch.None;
        Identity = AskAll(PolicyKind.Identity, policies.Identity) is not PrincipalMatch.None || caller.IsRoot;
    }

    /// <summary>How closely the resource's policy grants it to the caller.</summary>
    public PrincipalMatch Resource { get; }

    public bool Boundary { get; }

    public bool Session { get; }

    public bool Identity { get; }

    public PolicyKind? Forbidding => denies.Count > 0 ? denies[0].Kind : null;

    public ImmutableArray<Reason> Denies => [.. denies];

    public ImmutableArray<Reason> Grants => [.. grants];

    /// <summary>A limit on everybody, however granted, that does not allow the request.</summary>
    public PolicyKind? FindClosedLimit() => (serviceControl, resourceControl, endpoint) switch
    {
        (false, _, _) => PolicyKind.ServiceControl,
        (_, false, _) => PolicyKind.ResourceControl,
        (_, _, false) => PolicyKind.Endpoint,
        _ => null,
    };

    private bool AskLevels(PolicyKind kind, IReadOnlyList<IReadOnlyList<PolicyDocument>> levels)
    {
        var allAllow = true;
        for (var i = 0; i < levels.Count; i++)
        {
            allAllow &= AskAll(kind, levels[i]) is not PrincipalMatch.None;
        }

        return allAllow;
    }

    private PrincipalMatch AskAll(PolicyKind kind, IReadOnlyList<PolicyDocument> documents)
    {
        var closest = PrincipalMatch.None;
        for (var i = 0; i < documents.Count; i++)
        {
            var match = Ask(kind, i + 1, documents[i]);
            closest = match > closest ? match : closest;
        }

        return closest;
    }

    /// <summary>How closely the document grants the request to the caller; what it forbids is noted.</summary>
    private PrincipalMatch Ask(PolicyKind kind, int number, PolicyDocument document)
    {
        var closest = PrincipalMatch.None;
        foreach (var statement in document.Statements)
        {
            var match = statement.Match(request, caller);
            if (match is PrincipalMatch.None)
            {
                continue;
            }

            if (statement.Effect is Effect.Deny)
            {
                denies.Add(new(kind, number, statement));
                continue;
            }

            closest = match > closest ? match : closest;
            if (kind is PolicyKind.Identity or PolicyKind.Resource)
            {
                grants.Add(new(kind, number, statement));
            }
        }

        return closest;
    }
}
