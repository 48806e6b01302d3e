using Berth.Identity.Entities;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;
using Berth.Server.Iam.Shapes;

namespace Berth.Server.Iam.Policies;

/// <summary>Shows a managed policy, an account's own or one of AWS, and how often it is used.</summary>
internal sealed class GetPolicy(ManagedPolicies policies) : Operation<GetPolicy.Request, GetPolicy.Response>
{
    public sealed record Request
    {
        [Length(20, 2048)]
        public required string PolicyArn { get; init; }
    }

    public sealed record Response(PolicyDetail Policy);

    public override AccessLevel Level => AccessLevel.Read;

    protected override string Resource(Call call, Request request) => request.PolicyArn;

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel) =>
        new(PolicyDetail.Of(await policies.GetAsync(call.Scope, request.PolicyArn, cancel)));
}
