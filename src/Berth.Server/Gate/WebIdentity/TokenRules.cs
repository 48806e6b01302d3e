using Berth.Identity.Entities;
using Berth.Vocabulary;

namespace Berth.Server.Gate.WebIdentity;

/// <summary>What a token's claims must be whoever signed it. Pure.</summary>
internal static class TokenRules
{
    // Clocks of providers are not quite ours.
    private const long Skew = 60;

    /// <summary>The algorithms a signature may be of: none that has a secret, and not <c>none</c>.</summary>
    public static readonly IReadOnlyList<string> Algorithms = ["RS256", "RS384", "RS512", "ES256", "ES384", "ES512"];

    /// <summary>
    /// Returns when it is the time of a token. Faults: <see cref="IdentityTokenExpired"/>, <see cref="IdentityTokenInvalid"/>.
    /// </summary>
    public static void CheckTime(IdentityToken token, DateTimeOffset moment)
    {
        var now = moment.ToUnixTimeSeconds();
        if (token.GetMoment("exp") is var expires && now >= expires + Skew)
        {
            throw new IdentityTokenExpired(now, expires).AsException();
        }

        if (Math.Max(token.GetMoment("iat"), token.FindMoment("nbf") ?? long.MinValue) > now + Skew)
        {
            throw new IdentityTokenInvalid("the ID Token is not valid yet").AsException();
        }
    }

    /// <summary>
    /// The client that a token was issued to: the authorized party where it names one, else its audience. One that the
    /// provider is not registered for is the fault <see cref="IdentityTokenInvalid"/>.
    /// </summary>
    public static string ClientOf(IdentityToken token, OidcProvider provider)
    {
        var audiences = token.Audiences;
        var named = audiences.Count > 0 && token.FindText("azp") is { } party ? [party] : audiences;
        return named.FirstOrDefault(name => provider.ClientIds.Contains(name, StringComparer.Ordinal))
            ?? throw new IdentityTokenInvalid("Incorrect token audience").AsException();
    }
}
