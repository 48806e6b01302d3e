using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;
using Berth.Server.Sts.Shapes;

namespace Berth.Server.Sts;

/// <summary>Tells what a denial rested on, to the account that was denied or that owns what was asked for.</summary>
internal sealed class DecodeAuthorizationMessage(AuthorizationMessages messages)
    : Operation<DecodeAuthorizationMessage.Request, DecodeAuthorizationMessage.Response>
{
    public sealed record Request
    {
        [Length(1, 10_240)]
        public required string EncodedMessage { get; init; }
    }

    public sealed record Response(string DecodedMessage);

    public override AccessLevel Level => AccessLevel.Write;

    protected override Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel) =>
        Task.FromResult(new Response(AuthorizationStatus.Of(messages.Open(request.EncodedMessage, call.Caller.Account)).ToJson()));
}
