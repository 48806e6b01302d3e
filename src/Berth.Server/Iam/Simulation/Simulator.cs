using Berth.Identity.Entities;
using Berth.Policy;
using Berth.Policy.Documents;
using Berth.Policy.Simulation;
using Berth.Vocabulary;

namespace Berth.Server.Iam.Simulation;

/// <summary>Whose request is simulated, under which policies.</summary>
/// <param name="CallerArn">The ARN that policies of resources see.</param>
/// <param name="Account">The caller's account.</param>
/// <param name="Policies">The policies of the caller's side.</param>
internal sealed record SimulatedCaller(string CallerArn, string Account, IReadOnlyList<PolicySource> Policies)
{
    /// <summary>What limits the caller.</summary>
    public PolicySource? Boundary { get; init; }

    /// <summary>The policy of the resource.</summary>
    public PolicySource? ResourcePolicy { get; init; }

    /// <summary>The account that owns the resource; null for what its ARN says.</summary>
    public string? ResourceAccount { get; init; }
}

/// <summary>Decides simulated requests and says which statements of which documents decided.</summary>
internal sealed class Simulator
{
    private readonly SimulatedCaller caller;
    private readonly Dictionary<string, ContextValue> keys;
    private readonly ApplicablePolicies policies;
    private readonly ApplicablePolicies boundaryAlone;
    private readonly Dictionary<PolicySource, DocumentOutline> outlines;
    private readonly IReadOnlyList<string> missing;

    /// <summary>Reads the documents; one that is none is the fault <see cref="PolicyMalformed"/>.</summary>
    public Simulator(SimulatedCaller caller, Dictionary<string, ContextValue> keys)
    {
        (this.caller, this.keys) = (caller, keys);
        var boundary = caller.Boundary is { } limit ? Read(limit, PolicyGrammar.OfIdentity) : null;
        policies = new()
        {
            Identity = [.. caller.Policies.Select(policy => Read(policy, PolicyGrammar.OfIdentity))],
            Resource = caller.ResourcePolicy is { } resource ? [Read(resource, PolicyGrammar.OfResource)] : [],
            Boundary = boundary,
        };
        boundaryAlone = new() { Identity = boundary is null ? [] : [boundary] };
        outlines = Sources(caller).Distinct().ToDictionary(source => source, source => DocumentOutline.Of(source.Document));
        missing = [.. outlines.Values.SelectMany(outline => outline.ContextKeys).Distinct(StringComparer.OrdinalIgnoreCase).Where(key => !keys.ContainsKey(key))];
    }

    /// <summary>What becomes of one action on one resource.</summary>
    public EvaluationResult Evaluate(string action, string resource)
    {
        var request = new AccessRequest(caller.CallerArn, caller.Account, action, resource, OwnerOf(resource)) { Context = new(keys) };
        var decision = Evaluator.Decide(request, policies);
        return new(action, resource, Word(decision.Verdict))
        {
            MatchedStatements = [.. decision.Reasons.Select(Matched)],
            MissingContextValues = missing,
            PermissionsBoundaryDecisionDetail = policies.Boundary is null
                ? null
                : new(Evaluator.Decide(request with { ResourceAccount = caller.Account }, boundaryAlone).Verdict is Verdict.Allowed),
        };
    }

    private string OwnerOf(string resource) =>
        caller.ResourceAccount ?? (resource.Split(':', 6) is [_, _, _, _, { Length: > 0 } owner, _] ? owner : caller.Account);

    private MatchedStatement Matched(Reason reason)
    {
        var source = reason.Kind switch
        {
            PolicyKind.Resource => caller.ResourcePolicy!,
            PolicyKind.Boundary => caller.Boundary!,
            _ => caller.Policies[reason.Document - 1],
        };
        var (start, end) = outlines[source].Statements[reason.Statement.Number - 1];
        return new(source.Name, source.Origin, Position.Of(start), Position.Of(end));
    }

    private static IEnumerable<PolicySource> Sources(SimulatedCaller caller) =>
        caller.Policies.Concat(new[] { caller.Boundary, caller.ResourcePolicy }.OfType<PolicySource>());

    private static PolicyDocument Read(PolicySource source, PolicyGrammar grammar)
    {
        try
        {
            return PolicyReader.Read(source.Document, grammar);
        }
        catch (PolicyFormatException broken)
        {
            throw new PolicyMalformed(broken.Located).AsException();
        }
    }

    private static string Word(Verdict verdict) => verdict switch
    {
        Verdict.Allowed => "allowed",
        Verdict.ExplicitlyDenied => "explicitDeny",
        _ => "implicitDeny",
    };
}
