using Berth.Identity;
using Berth.Identity.Entities;
using Berth.Identity.Sessions;
using Berth.Policy;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;
using Berth.Server.Sts.Shapes;
using Berth.Vocabulary;

namespace Berth.Server.Sts;

/// <summary>Begins a session of a role for somebody its trust policy names.</summary>
internal sealed class AssumeRole(NewSessions sessions, RoleAccess roles, Authorizer authorizer)
    : Operation<AssumeRole.Request, AssumeRole.Response>
{
    public sealed record Request
    {
        [Length(20, 2048), Pattern(StsPatterns.Arn)]
        public required string RoleArn { get; init; }

        [Length(2, 64), Pattern(StsPatterns.Name)]
        public required string RoleSessionName { get; init; }

        public IReadOnlyList<PolicyDescriptor>? PolicyArns { get; init; }

        [Length(1), Pattern(StsPatterns.Policy)]
        public string? Policy { get; init; }

        [Range(900, 43_200)]
        public int? DurationSeconds { get; init; }

        [Count(0, 50)]
        public IReadOnlyList<SessionTag>? Tags { get; init; }

        [Count(0, 50), Length(1, 128), Pattern(StsPatterns.TagKey)]
        public IReadOnlyList<string>? TransitiveTagKeys { get; init; }

        [Length(2, 1224), Pattern(StsPatterns.ExternalId)]
        public string? ExternalId { get; init; }

        [Length(9, 256), Pattern(StsPatterns.SerialNumber)]
        public string? SerialNumber { get; init; }

        [Length(6, 6), Pattern(StsPatterns.TokenCode)]
        public string? TokenCode { get; init; }

        [Length(2, 64), Pattern(StsPatterns.Name)]
        public string? SourceIdentity { get; init; }

        [Count(1, 5)]
        public IReadOnlyList<ProvidedContext>? ProvidedContexts { get; init; }
    }

    public sealed record Response(
        Credentials Credentials, AssumedRoleUser AssumedRoleUser, int? PackedPolicySize, string? SourceIdentity);

    public override AccessLevel Level => AccessLevel.Write;

    // CloudTrail records the making of sessions so: a session is found by the key that was answered.
    public override bool IsRecordedAsRead => true;

    public override bool KeepsAnswer => true;

    protected override string Resource(Call call, Request request) => call.Caller.Principal.Kind is PrincipalKind.Root
        ? throw new SessionRefused("Roles may not be assumed by root accounts.").AsException()
        : RoleArn.Check(request.RoleArn);

    protected override IEnumerable<KeyValuePair<string, ContextValue>> Keys(Request request)
    {
        foreach (var (key, value) in new[]
        {
            ("sts:RoleSessionName", request.RoleSessionName),
            ("sts:ExternalId", request.ExternalId),
            ("sts:SourceIdentity", request.SourceIdentity),
        })
        {
            if (value is not null)
            {
                yield return KeyValuePair.Create(key, ContextValue.One(value));
            }
        }

        if (request.TransitiveTagKeys is { Count: > 0 } transitive)
        {
            yield return KeyValuePair.Create("sts:TransitiveTagKeys", ContextValue.Several(transitive));
        }

        foreach (var key in RequestTags.Of([.. (request.Tags ?? []).Select(tag => KeyValuePair.Create(tag.Key, tag.Value))]))
        {
            yield return key;
        }
    }

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        MfaDevices.Refuse(request.SerialNumber, request.TokenCode);
        ProvidedContext.Refuse(request.ProvidedContexts);
        var (from, role) = (call.Caller.Session, await roles.FindAsync(request.RoleArn, cancel) ?? throw Denied(call, request, "sts:AssumeRole"));
        var tags = SessionTags.Of(SessionTag.ToTags(request.Tags), request.TransitiveTagKeys ?? [], from);
        if (tags.All.Count > 0)
        {
            await authorizer.AuthorizeAsync(call.To("sts:TagSession", request.RoleArn, [.. Keys(request)]), cancel);
        }

        var identity = await SourceIdentityAsync(call, request, cancel);
        var begun = await sessions.BeginAsync(
            RoleSession.Of(role, request.RoleSessionName, request.DurationSeconds, from) with
            {
                Limits = PolicyDescriptor.ToLimits(request.Policy, request.PolicyArns),
                Tags = tags,
                Keys = identity is null ? [] : [KeyValuePair.Create(RoleSession.SourceIdentity, identity)],
            },
            cancel);
        return new(Credentials.Of(begun.Key), AssumedRoleUser.Of(begun.Key.Caller.Principal), begun.PackedPercent, identity);
    }

    // What a session was begun with stays: every role on the way must agree to it, and none can be told another.
    private async Task<string?> SourceIdentityAsync(Call call, Request request, CancellationToken cancel)
    {
        var kept = RoleSession.SourceIdentityOf(call.Caller.Session);
        if ((kept ?? request.SourceIdentity) is not { } identity)
        {
            return null;
        }

        if (request.SourceIdentity is { } asked && !string.Equals(asked, identity, StringComparison.Ordinal))
        {
            throw Denied(call, request, "sts:SetSourceIdentity");
        }

        await authorizer.AuthorizeAsync(call.To("sts:SetSourceIdentity", request.RoleArn, [.. Keys(request)]), cancel);
        return identity;
    }

    private static FaultException Denied(Call call, Request request, string action) =>
        new AccessDenied(call.Caller.Arn, action, request.RoleArn, "").AsException();
}
