using Berth.Registry;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Ecr.Shapes;
using Berth.Server.Gate;

namespace Berth.Server.Ecr.Registry;

/// <summary>Has a user's or role's pulls from the caller's registry leave no time behind.</summary>
internal sealed class RegisterPullTimeUpdateExclusion(PullTimeExclusions exclusions)
    : Operation<RegisterPullTimeUpdateExclusion.Request, RegisterPullTimeUpdateExclusion.Response>
{
    public sealed record Request
    {
        [Length(0, 200), Pattern(Patterns.PrincipalArn)]
        public required string PrincipalArn { get; init; }
    }

    public sealed record Response(string PrincipalArn, DateTimeOffset CreatedAt);

    public override AccessLevel Level => AccessLevel.Write;

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel) =>
        new(request.PrincipalArn, await exclusions.RegisterAsync(call.Registry, request.PrincipalArn, cancel));
}
