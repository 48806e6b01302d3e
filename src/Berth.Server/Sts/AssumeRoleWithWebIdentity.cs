using Berth.Identity;
using Berth.Identity.Entities;
using Berth.Identity.Sessions;
using Berth.Policy;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;
using Berth.Server.Gate.WebIdentity;
using Berth.Server.Sts.Shapes;
using Berth.Vocabulary;

namespace Berth.Server.Sts;

/// <summary>
/// Begins a session of a role for somebody whom an OpenID Connect provider knows. The provider's token proves the caller, so the
/// request is not signed.
/// </summary>
internal sealed class AssumeRoleWithWebIdentity(NewSessions sessions, RoleAccess roles, WebIdentities identities, Authorizer authorizer)
    : Operation<AssumeRoleWithWebIdentity.Request, AssumeRoleWithWebIdentity.Response>
{
    private const string Denial = "Not authorized to perform sts:AssumeRoleWithWebIdentity";

    public sealed record Request
    {
        [Length(20, 2048), Pattern(StsPatterns.Arn)]
        public required string RoleArn { get; init; }

        [Length(2, 64), Pattern(StsPatterns.Name)]
        public required string RoleSessionName { get; init; }

        [Length(4, IdentityToken.Longest)]
        public required string WebIdentityToken { get; init; }

        [Length(4, 2048)]
        public string? ProviderId { get; init; }

        public IReadOnlyList<PolicyDescriptor>? PolicyArns { get; init; }

        [Length(1, 2048), Pattern(StsPatterns.Policy)]
        public string? Policy { get; init; }

        [Range(900, 43_200)]
        public int? DurationSeconds { get; init; }
    }

    public sealed record Response(
        Credentials Credentials,
        string SubjectFromWebIdentityToken,
        AssumedRoleUser AssumedRoleUser,
        int? PackedPolicySize,
        string Provider,
        string Audience,
        string? SourceIdentity);

    public override AccessLevel Level => AccessLevel.Write;

    // CloudTrail records the making of sessions so: a session is found by the key that was answered.
    public override bool IsRecordedAsRead => true;

    public override bool KeepsAnswer => true;

    public override bool NeedsSignature => false;

    public override bool NeedsPermission => false;

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        var account = AccountId.TryParse(RoleArn.Check(request.RoleArn).Split(':')[4], out var owner) ? owner : throw Denied();
        RefuseProvider(request.ProviderId);
        var identity = await identities.ProveAsync(account, IdentityToken.Read(request.WebIdentityToken), call.Time, cancel);
        Record(call, request, identity);
        var claimed = ClaimedSession.Of(identity);
        await AuthorizeAsync(call, request, identity, claimed, cancel);

        var role = await roles.FindAsync(request.RoleArn, cancel) ?? throw Denied();
        var begun = await sessions.BeginAsync(
            RoleSession.Of(role, request.RoleSessionName, request.DurationSeconds, from: null) with
            {
                Limits = PolicyDescriptor.ToLimits(request.Policy, request.PolicyArns),
                Tags = claimed.Tags,
                Keys = KeysOf(identity, claimed),
            },
            cancel);
        return new(
            Credentials.Of(begun.Key),
            identity.Subject,
            AssumedRoleUser.Of(begun.Key.Caller.Principal),
            begun.PackedPercent,
            identity.Provider.Entity.Arn,
            identity.Client,
            claimed.SourceIdentity);
    }

    // Only now is there somebody to record, and an account to record it for.
    private static void Record(Call call, Request request, ProvedIdentity identity)
    {
        if (call.Record is { } record)
        {
            record.Account = identity.Provider.Entity.Account;
            record.Identity = new(call.Caller) { WebIdentity = new(identity.Provider.Url.Name, identity.Client, identity.Subject) };
            record.Concern(request.RoleArn);
        }
    }

    // The trust policy decides alone: for now the caller is the provider, which has no policies.
    private async Task AuthorizeAsync(Call call, Request request, ProvedIdentity identity, ClaimedSession claimed, CancellationToken cancel)
    {
        var provider = identity.Provider.Entity;
        var caller = new Caller(new(provider.Arn, provider.Account, $"{provider.Arn}:{identity.Subject}"), "");
        string[] actions =
        [
            "sts:AssumeRoleWithWebIdentity",
            .. claimed.Tags.All.Count > 0 ? ["sts:TagSession"] : Array.Empty<string>(),
            .. claimed.SourceIdentity is not null ? ["sts:SetSourceIdentity"] : Array.Empty<string>(),
        ];
        foreach (var action in actions)
        {
            var access = (call with { Caller = caller }).To(
                action, request.RoleArn, [KeyValuePair.Create("sts:RoleSessionName", ContextValue.One(request.RoleSessionName)), .. claimed.Keys]);
            if (!await authorizer.IsAllowedAsync(access, cancel))
            {
                throw Denied();
            }
        }
    }

    private static KeyValuePair<string, string>[] KeysOf(ProvedIdentity identity, ClaimedSession claimed)
    {
        var (entity, name) = (identity.Provider.Entity, identity.Provider.Url.Name);
        return
        [
            KeyValuePair.Create("aws:FederatedProvider", entity.Arn),
            KeyValuePair.Create($"{name}:aud", identity.Client),
            KeyValuePair.Create($"{name}:sub", identity.Subject),
            .. claimed.SourceIdentity is { } source
                ? [KeyValuePair.Create(RoleSession.SourceIdentity, source)]
                : Array.Empty<KeyValuePair<string, string>>(),
        ];
    }

    private static void RefuseProvider(string? id)
    {
        if (id is not null)
        {
            throw new IdentityValidationFailed($"there is no provider '{id}' of access tokens; an ID token names its provider itself").AsException();
        }
    }

    private static FaultException Denied() => new SessionRefused(Denial).AsException();
}
