using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;
using Berth.Server.Iam.Shapes;

namespace Berth.Server.Iam.Simulation;

/// <summary>Says what policies that are given would decide.</summary>
internal sealed class SimulateCustomPolicy(Simulations simulations) : Operation<SimulateCustomPolicy.Request, SimulationAnswer>
{
    public sealed record Request : SimulationInput
    {
        [Length(1, 131_072), Pattern(Patterns.Document)]
        public required IReadOnlyList<string> PolicyInputList { get; init; }
    }

    public override AccessLevel Level => AccessLevel.Read;

    // With no caller named, some user of the account asks.
    protected override Task<SimulationAnswer> HandleAsync(Call call, Request request, CancellationToken cancel) => Task.FromResult(simulations.Run(
        call,
        request,
        new(
            $"arn:{call.Region.Partition}:iam::{call.Caller.Account}:user/simulated",
            call.Caller.Account.ToString(),
            [.. Simulations.SourcesOf(nameof(Request.PolicyInputList), request.PolicyInputList)]),
        known: []));
}
