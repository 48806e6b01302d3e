using Berth.Server.Aws;
using Berth.Server.Gate;

namespace Berth.Server.Sts;

/// <summary>Tells callers who they are. Needs no permission, so it also tells those who may do nothing else.</summary>
internal sealed class GetCallerIdentity : Operation<GetCallerIdentity.Request, GetCallerIdentity.Response>
{
    public sealed record Request;

    public sealed record Response(string Arn, string UserId, string Account);

    public override AccessLevel Level => AccessLevel.Read;

    public override bool NeedsPermission => false;

    protected override Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        var principal = call.Caller.Principal;
        return Task.FromResult(new Response(principal.Arn, principal.UserId, principal.Account.ToString()));
    }
}
