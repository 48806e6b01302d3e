using Berth.Identity.Entities;
using Berth.Vocabulary;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Berth.Server.Gate.WebIdentity;

/// <summary>Somebody whom a provider's token has proved.</summary>
/// <param name="Provider">The provider.</param>
/// <param name="Client">The audience the token was issued for.</param>
/// <param name="Subject">Who it is, to the provider.</param>
/// <param name="Token">What else it claims.</param>
internal sealed record ProvedIdentity(OidcProvider Provider, string Client, string Subject, IdentityToken Token);

/// <summary>Proves tokens of the providers of an account. What costs nothing is checked first, and keys are fetched last.</summary>
internal sealed class WebIdentities(OidcProviders providers, ProviderKeys keys)
{
    private const int LongestSubject = 255;

    private static readonly JsonWebTokenHandler Handler = new() { MaximumTokenSizeInBytes = IdentityToken.Longest, MapInboundClaims = false };

    /// <summary>
    /// Proves a token. Faults: <see cref="IdentityTokenInvalid"/>, <see cref="IdentityTokenExpired"/>,
    /// <see cref="IdentityProviderUnreachable"/>.
    /// </summary>
    public async Task<ProvedIdentity> ProveAsync(AccountId account, IdentityToken token, DateTimeOffset now, CancellationToken cancel)
    {
        if (!TokenRules.Algorithms.Contains(token.Signed.Alg, StringComparer.Ordinal))
        {
            throw IdentityToken.NotToken();
        }

        var issuer = token.GetText("iss");
        var provider = await providers.FindAsync(account, issuer, cancel)
            ?? throw Invalid($"No OpenIDConnect provider found in your account for {issuer}");
        var (client, subject) = (TokenRules.ClientOf(token, provider), token.GetText("sub"));
        if (subject.Length > LongestSubject)
        {
            throw Invalid($"the claim 'sub' is longer than {LongestSubject} characters");
        }

        TokenRules.CheckTime(token, now);
        await CheckSignatureAsync(token, provider, cancel);
        return new(provider, client, subject, token);
    }

    private async Task CheckSignatureAsync(IdentityToken token, OidcProvider provider, CancellationToken cancel)
    {
        var key = await keys.FindAsync(provider, token.KeyId, cancel) ?? throw Invalid(
            "Couldn't retrieve verification key from your identity provider,  please reference AssumeRoleWithWebIdentity documentation for requirements");
        var result = await Handler.ValidateTokenAsync(token.Signed, new TokenValidationParameters
        {
            IssuerSigningKey = key,
            ValidAlgorithms = TokenRules.Algorithms,
            CryptoProviderFactory = new() { CacheSignatureProviders = false },

            // These are checked already, by rules of STS's own.
            ValidateIssuer = false,
            ValidateAudience = false,
            ValidateLifetime = false,
        });
        if (!result.IsValid)
        {
            throw Invalid("the signature of the ID Token is not that of the key it names");
        }
    }

    private static FaultException Invalid(string sentence) => new IdentityTokenInvalid(sentence).AsException();
}
