using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;
using Berth.Server.Iam.Shapes;

namespace Berth.Server.Iam.Simulation;

/// <summary>Names the condition keys that the policies of a user, group or role ask for.</summary>
internal sealed class GetContextKeysForPrincipalPolicy(SimulatedPrincipals principals)
    : Operation<GetContextKeysForPrincipalPolicy.Request, GetContextKeysForPrincipalPolicy.Response>
{
    public sealed record Request
    {
        [Length(20, 2048)]
        public required string PolicySourceArn { get; init; }

        [Length(1, 131_072), Pattern(Patterns.Document)]
        public IReadOnlyList<string>? PolicyInputList { get; init; }
    }

    public sealed record Response(IReadOnlyList<string> ContextKeyNames);

    public override AccessLevel Level => AccessLevel.Read;

    protected override string Resource(Call call, Request request) => request.PolicySourceArn;

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        var principal = await principals.GetAsync(call, request.PolicySourceArn, cancel);
        return new(GetContextKeysForCustomPolicy.KeysIn(
            principal.Policies.Select(policy => policy.Document).Concat(request.PolicyInputList ?? [])));
    }
}
