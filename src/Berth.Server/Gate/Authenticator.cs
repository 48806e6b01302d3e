using System.Diagnostics.CodeAnalysis;
using Berth.Identity;
using Berth.Identity.Sessions;
using Berth.Vocabulary;

namespace Berth.Server.Gate;

/// <summary>Who made a request, and for which Region.</summary>
internal sealed record Authenticated(Caller Caller, RegionName Region)
{
    // The Region that endpoints without one belong to.
    private static readonly RegionName Global = RegionName.Parse("us-east-1");

    /// <summary>Who makes a call that needs no signature: nobody yet, in the Region of the endpoint it came to.</summary>
    public static Authenticated Nobody(HostString host) => new(
        Caller.Nobody,
        host.Host.Split('.') is [_, var label, "amazonaws", ..] && RegionName.TryParse(label, out var region) ? region : Global);
}

/// <summary>Finds out who signed a request.</summary>
internal sealed class Authenticator(AccessKeys keys, SessionTokens sessions, Permissions permissions, RoleUses roleUses, TimeProvider time)
{
    private readonly SigningKeys signingKeys = new();

    /// <summary>Proves the caller; every failure is the fault <see cref="NotAuthenticated"/>.</summary>
    /// <param name="request">The request as sent.</param>
    /// <param name="bodyHash">The SHA-256 of its body, lower-case hex.</param>
    /// <param name="service">The service it must have been signed for.</param>
    /// <param name="cancel">Ends the wait for the key.</param>
    public async ValueTask<Authenticated> AuthenticateAsync(
        WireRequest request, string bodyHash, string service, CancellationToken cancel)
    {
        var claim = SignatureReader.Read(request);
        if (!RegionName.TryParse(claim.Scope.Region, out var region))
        {
            throw Wrong($"Credential should be scoped to a valid Region, not '{claim.Scope.Region}'.");
        }

        if (!string.Equals(claim.Scope.Service, service, StringComparison.Ordinal))
        {
            throw Wrong($"Credential should be scoped to correct service: '{service}'.");
        }

        claim.RefuseUnlessCurrent(time.GetUtcNow());
        if (request.Header("X-Amz-Content-SHA256") is { } declared && !string.Equals(declared, bodyHash, StringComparison.Ordinal))
        {
            throw Wrong("The provided 'x-amz-content-sha256' header does not match what was computed.");
        }

        // An unknown key costs the same work as a wrong signature, so that the time taken does not tell which keys exist.
        var (key, caller) = await FindAsync(claim, cancel);
        var isSigned = claim.IsSignatureOf(request, bodyHash, signingKeys.For(key, claim.Scope));
        RefuseUnless(isSigned, caller);
        NoteUse(caller, service, region);
        return new(caller, region);
    }

    private void NoteUse(Caller caller, string service, RegionName region)
    {
        if (caller.Session is null)
        {
            keys.Uses.Note(caller.AccessKeyId, new(service, region.ToString()));
        }
        else if (caller.Principal.Kind is PrincipalKind.AssumedRole)
        {
            roleUses.Note(caller.OwnerId, region);
        }
    }

    private void RefuseUnless(bool isSigned, [NotNull] Caller? caller)
    {
        if (caller is null)
        {
            throw Unknown();
        }

        if (!isSigned)
        {
            throw Wrong(SignatureV4.Mismatch);
        }

        if (caller.Session?.ExpiresAt <= time.GetUtcNow())
        {
            throw Failure(AuthenticationFailure.Expired, "The security token included in the request is expired");
        }
    }

    /// <summary>What is said of a key that is none, or none for what is asked.</summary>
    public static FaultException Unknown() =>
        Failure(AuthenticationFailure.UnknownToken, "The security token included in the request is invalid.");

    // A temporary key comes with its token, and ends with the user or role it was issued for.
    private async ValueTask<(AccessKey? Key, Caller? Caller)> FindAsync(SignatureClaim claim, CancellationToken cancel)
    {
        if (claim.SessionToken is not { } token)
        {
            var key = await keys.FindAsync(claim.AccessKeyId, cancel);
            return (key, key is null ? null : new(key.Principal, key.Id));
        }

        return sessions.Find(token) is { } temporary
            && string.Equals(temporary.Key.Id, claim.AccessKeyId, StringComparison.Ordinal)
            && await permissions.ConfirmAsync(temporary.Caller, cancel) is { } caller
                ? (temporary.Key, caller)
                : (null, null);
    }

    private static FaultException Wrong(string message) => Failure(AuthenticationFailure.Signature, message);

    private static FaultException Failure(AuthenticationFailure reason, string message) =>
        new NotAuthenticated(reason, message).AsException();
}
