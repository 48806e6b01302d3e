using System.Text.Json;
using Berth.Identity.Entities;
using Berth.Identity.Sessions;
using Berth.Policy;
using Berth.Server.Gate;
using Berth.Server.Gate.WebIdentity;
using Berth.Vocabulary;

namespace Berth.Server.Sts;

/// <summary>What a token's claims bring into the decision and into the session.</summary>
/// <param name="Keys">Condition keys for the trust policy.</param>
/// <param name="Tags">Tags of the session.</param>
/// <param name="SourceIdentity">Its source identity, or null.</param>
internal sealed record ClaimedSession(IReadOnlyList<KeyValuePair<string, ContextValue>> Keys, SessionTags Tags, string? SourceIdentity)
{
    private const string TagsClaim = "https://aws.amazon.com/tags";
    private const string SourceClaim = "https://aws.amazon.com/source_identity";
    private const int LongestKey = 128;
    private const int LongestValue = 256;
    private const int LongestSource = 64;

    /// <summary>
    /// Reads the claims (IAM User Guide, "Available keys for AWS OIDC federation", "Pass session tags in AWS STS"). Tags that are
    /// none are the fault <see cref="IdentityClaimRejected"/>.
    /// </summary>
    public static ClaimedSession Of(ProvedIdentity identity)
    {
        var tags = TagsOf(identity.Token.Find(TagsClaim));
        var source = identity.Token.Find(SourceClaim) is null ? null : identity.Token.FindText(SourceClaim) ?? throw Rejected(SourceClaim);
        if (source is { Length: < 2 or > LongestSource } || source?.All(IsOfName) is false)
        {
            throw Rejected(SourceClaim);
        }

        var name = identity.Provider.Url.Name;
        return new(
            [
                KeyValuePair.Create($"{name}:aud", ContextValue.One(identity.Client)),
                KeyValuePair.Create("aws:FederatedProvider", ContextValue.One(identity.Provider.Entity.Arn)),
                .. identity.Token.Claims.Where(claim => claim.Name is not ("aud" or "azp")).SelectMany(claim => KeysOf(name, claim)),
                .. RequestTags.Of([.. tags.All.Select(tag => KeyValuePair.Create(tag.Key, tag.Value))]),
                .. tags.TransitiveKeys.Count == 0
                    ? Array.Empty<KeyValuePair<string, ContextValue>>()
                    : [KeyValuePair.Create("sts:TransitiveTagKeys", ContextValue.Several(tags.TransitiveKeys))],
                .. source is null
                    ? Array.Empty<KeyValuePair<string, ContextValue>>()
                    : [KeyValuePair.Create("sts:SourceIdentity", ContextValue.One(source))],
            ],
            tags,
            source);
    }

    private static IEnumerable<KeyValuePair<string, ContextValue>> KeysOf(string provider, JsonProperty claim) => claim.Value.ValueKind switch
    {
        JsonValueKind.String => [KeyValuePair.Create($"{provider}:{claim.Name}", ContextValue.One(claim.Value.GetString()!))],
        JsonValueKind.Array when claim.Name is "amr" =>
            [KeyValuePair.Create($"{provider}:amr", ContextValue.Several(IdentityToken.TextsOf(claim.Value)))],
        _ => [],
    };

    private static SessionTags TagsOf(JsonElement? claim)
    {
        if (claim is not { } given)
        {
            return SessionTags.None;
        }

        if (given.ValueKind is not JsonValueKind.Object
            || !given.TryGetProperty("principal_tags", out var pairs)
            || pairs.ValueKind is not JsonValueKind.Object)
        {
            throw Rejected(TagsClaim);
        }

        var tags = pairs.EnumerateObject().Select(pair => new EntityTag(pair.Name, ValueOf(pair.Value))).ToList();
        if (tags.Count > IamEntities.MostTags || tags.Exists(tag => tag.Key.Length is 0 or > LongestKey || tag.Value.Length > LongestValue))
        {
            throw Rejected(TagsClaim);
        }

        var transitive = given.TryGetProperty("transitive_tag_keys", out var keys) && keys.ValueKind is JsonValueKind.Array
            ? IdentityToken.TextsOf(keys)
            : [];
        return SessionTags.Of(tags, transitive, from: null);
    }

    // A list of one, or the value itself.
    private static string ValueOf(JsonElement value) => value switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString()!,
        { ValueKind: JsonValueKind.Array } list when list.GetArrayLength() == 1 && IdentityToken.TextsOf(list) is [var only] => only,
        _ => throw Rejected(TagsClaim),
    };

    private static bool IsOfName(char character) => char.IsAsciiLetterOrDigit(character) || "_+=,.@-".Contains(character, StringComparison.Ordinal);

    private static FaultException Rejected(string claim) => new IdentityClaimRejected($"the claim '{claim}' cannot be used").AsException();
}
