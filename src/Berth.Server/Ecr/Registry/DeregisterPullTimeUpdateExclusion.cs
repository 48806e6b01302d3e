using Berth.Registry;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Ecr.Shapes;
using Berth.Server.Gate;

namespace Berth.Server.Ecr.Registry;

/// <summary>Has a user's or role's pulls from the caller's registry leave their time again.</summary>
internal sealed class DeregisterPullTimeUpdateExclusion(PullTimeExclusions exclusions)
    : Operation<DeregisterPullTimeUpdateExclusion.Request, DeregisterPullTimeUpdateExclusion.Response>
{
    public sealed record Request
    {
        [Length(0, 200), Pattern(Patterns.PrincipalArn)]
        public required string PrincipalArn { get; init; }
    }

    public sealed record Response(string PrincipalArn);

    public override AccessLevel Level => AccessLevel.Write;

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        await exclusions.DeregisterAsync(call.Registry, request.PrincipalArn, cancel);
        return new(request.PrincipalArn);
    }
}
