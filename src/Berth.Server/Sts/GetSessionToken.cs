using Berth.Identity.Sessions;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;
using Berth.Server.Sts.Shapes;

namespace Berth.Server.Sts;

/// <summary>Gives a user a temporary key of its own, which needs no permission: it can do less than the key that asks.</summary>
internal sealed class GetSessionToken(NewSessions sessions) : Operation<GetSessionToken.Request, GetSessionToken.Response>
{
    public sealed record Request
    {
        [Range(900, 129_600)]
        public int? DurationSeconds { get; init; }

        [Length(9, 256), Pattern(StsPatterns.SerialNumber)]
        public string? SerialNumber { get; init; }

        [Length(6, 6), Pattern(StsPatterns.TokenCode)]
        public string? TokenCode { get; init; }
    }

    public sealed record Response(Credentials Credentials);

    public override AccessLevel Level => AccessLevel.Read;

    // CloudTrail records the making of sessions so: a session is found by the key that was answered.
    public override bool IsRecordedAsRead => true;

    public override bool KeepsAnswer => true;

    public override bool NeedsPermission => false;

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        UserSession.RefuseSession(call.Caller, Name);
        MfaDevices.Refuse(request.SerialNumber, request.TokenCode);
        var caller = call.Caller;
        var length = UserSession.LengthFor(caller, request.DurationSeconds);
        var begun = await sessions.BeginAsync(new(caller.Principal, caller.OwnerId, length), cancel);
        return new(Credentials.Of(begun.Key));
    }
}
