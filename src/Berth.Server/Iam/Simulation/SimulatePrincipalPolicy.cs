using Berth.Policy;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;
using Berth.Server.Iam.Shapes;

namespace Berth.Server.Iam.Simulation;

/// <summary>Says what the policies of a user, group or role would decide.</summary>
internal sealed class SimulatePrincipalPolicy(Simulations simulations, SimulatedPrincipals principals)
    : Operation<SimulatePrincipalPolicy.Request, SimulationAnswer>
{
    public sealed record Request : SimulationInput
    {
        [Length(20, 2048)]
        public required string PolicySourceArn { get; init; }

        [Length(1, 131_072), Pattern(Patterns.Document)]
        public IReadOnlyList<string>? PolicyInputList { get; init; }
    }

    public override AccessLevel Level => AccessLevel.Read;

    protected override string Resource(Call call, Request request) => request.PolicySourceArn;

    protected override async Task<SimulationAnswer> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        var principal = await principals.GetAsync(call, request.PolicySourceArn, cancel);
        var caller = new SimulatedCaller(
            principal.Entity.Arn,
            principal.Entity.Account.ToString(),
            [.. principal.Policies, .. Simulations.SourcesOf(nameof(Request.PolicyInputList), request.PolicyInputList)])
        {
            Boundary = principal.Boundary,
        };
        IEnumerable<KeyValuePair<string, ContextValue>> known =
        [
            new("aws:PrincipalArn", ContextValue.One(principal.Entity.Arn)),
            new("aws:PrincipalAccount", ContextValue.One(principal.Entity.Account.ToString())),
            .. principal.Tags.Select(tag => KeyValuePair.Create($"aws:PrincipalTag/{tag.Key}", ContextValue.One(tag.Value))),
        ];
        return simulations.Run(call, request, caller, known);
    }
}
