using Berth.Identity;
using Berth.Identity.Sessions;
using Berth.Policy;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;
using Berth.Server.Sts.Shapes;

namespace Berth.Server.Sts;

/// <summary>Gives somebody the caller vouches for a temporary key, which can do what the caller may and the request allows.</summary>
internal sealed class GetFederationToken(NewSessions sessions, Authorizer authorizer)
    : Operation<GetFederationToken.Request, GetFederationToken.Response>
{
    public sealed record Request
    {
        [Length(2, 32), Pattern(StsPatterns.Name)]
        public required string Name { get; init; }

        [Length(1, 2048), Pattern(StsPatterns.Policy)]
        public string? Policy { get; init; }

        public IReadOnlyList<PolicyDescriptor>? PolicyArns { get; init; }

        [Range(900, 129_600)]
        public int? DurationSeconds { get; init; }

        [Count(0, 50)]
        public IReadOnlyList<SessionTag>? Tags { get; init; }
    }

    public sealed record Response(Credentials Credentials, FederatedUser FederatedUser, int? PackedPolicySize);

    /// <summary>Whom the key stands for.</summary>
    public sealed record FederatedUser(string FederatedUserId, string Arn);

    public override AccessLevel Level => AccessLevel.Read;

    // CloudTrail records the making of sessions so: a session is found by the key that was answered.
    public override bool IsRecordedAsRead => true;

    public override bool KeepsAnswer => true;

    protected override string Resource(Call call, Request request)
    {
        UserSession.RefuseSession(call.Caller, Name);
        return ArnOf(call, request);
    }

    protected override IEnumerable<KeyValuePair<string, ContextValue>> Keys(Request request) =>
        RequestTags.Of([.. (request.Tags ?? []).Select(tag => KeyValuePair.Create(tag.Key, tag.Value))]);

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        var (caller, tags) = (call.Caller, SessionTags.Of(SessionTag.ToTags(request.Tags), transitive: [], from: null));
        if (tags.All.Count > 0)
        {
            await authorizer.AuthorizeAsync(call.To("sts:TagSession", ArnOf(call, request), [.. Keys(request)]), cancel);
        }

        var principal = new Principal(ArnOf(call, request), caller.Account, $"{caller.Account}:{request.Name}");
        var begun = await sessions.BeginAsync(
            new(principal, caller.OwnerId, UserSession.LengthFor(caller, request.DurationSeconds))
            {
                Limits = PolicyDescriptor.ToLimits(request.Policy, request.PolicyArns),
                IsNarrowed = true,
                Tags = tags,
            },
            cancel);
        return new(Credentials.Of(begun.Key), new(principal.UserId, principal.Arn), begun.PackedPercent);
    }

    private static string ArnOf(Call call, Request request) =>
        $"arn:{call.Region.Partition}:sts::{call.Caller.Account}:federated-user/{request.Name}";
}
