using System.Text.Json;
using Berth.Identity.Delivery;
using Berth.Server.Gate.WebIdentity;
using Berth.Vocabulary;

namespace Berth.Server.Metadata;

/// <summary>What a cluster's token says of the pod that it was projected into (Kubernetes, "ServiceAccount token structure").</summary>
internal static class PodClaims
{
    private const string Claim = "kubernetes.io";
    private const int LongestName = 253;

    /// <summary>
    /// The pod. A token that is for others too, is bound to no pod, or contradicts itself is the fault
    /// <see cref="IdentityTokenInvalid"/>.
    /// </summary>
    public static Pod Of(ProvedIdentity identity)
    {
        // Whoever else it is for could send it here.
        if (identity is not { Client: PodRoles.Service, Token.Audiences: [PodRoles.Service] })
        {
            throw Invalid("Incorrect token audience");
        }

        var claim = identity.Token.Find(Claim) ?? throw Invalid($"Missing a required claim: {Claim}");
        var account = new ServiceAccount(identity.Provider.Url.Text, NameIn(claim, "namespace"), NameIn(claim, "serviceaccount", "name"));
        return string.Equals(identity.Subject, account.Subject, StringComparison.Ordinal)
            ? new(account, NameIn(claim, "pod", "name"), NameIn(claim, "pod", "uid"))
            : throw Invalid($"the claims 'sub' and '{Claim}' are of different service accounts");
    }

    // As Kubernetes makes names and UIDs; so they may stand in the name of a session, and as the values of tags.
    private static string NameIn(JsonElement claim, params ReadOnlySpan<string> path)
    {
        foreach (var member in path)
        {
            claim = claim.ValueKind is JsonValueKind.Object && claim.TryGetProperty(member, out var inner) ? inner : default;
        }

        return claim.ValueKind is JsonValueKind.String && claim.GetString() is { Length: > 0 and <= LongestName } text && text.All(IsOfName)
            ? text
            : throw Invalid($"the claim '{Claim}' has no '{string.Join('.', path)}' that can be used");
    }

    private static bool IsOfName(char character) => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character is '-' or '.';

    private static FaultException Invalid(string sentence) => new IdentityTokenInvalid(sentence).AsException();
}
