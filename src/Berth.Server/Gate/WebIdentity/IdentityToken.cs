using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Berth.Vocabulary;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Berth.Server.Gate.WebIdentity;

/// <summary>What a JSON Web Token claims, nothing of it proved yet (RFC 7519).</summary>
internal sealed class IdentityToken
{
    /// <summary>The most characters of a token that is looked at.</summary>
    public const int Longest = 20_000;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 16, AllowDuplicateProperties = false };

    private readonly JsonElement claims;

    private IdentityToken(JsonWebToken signed, JsonElement claims) => (Signed, this.claims) = (signed, claims);

    /// <summary>The token with its signature.</summary>
    public JsonWebToken Signed { get; }

    /// <summary>The key it says it was signed with; empty for none.</summary>
    public string KeyId => Signed.Kid ?? "";

    /// <summary>Every claim.</summary>
    public IEnumerable<JsonProperty> Claims => claims.EnumerateObject();

    /// <summary>The audiences, of which there may be one or several.</summary>
    public IReadOnlyList<string> Audiences => Find("aud") switch
    {
        { ValueKind: JsonValueKind.String } one => [one.GetString()!],
        { ValueKind: JsonValueKind.Array } several => TextsOf(several),
        _ => [],
    };

    /// <summary>Reads a token; what is none is the fault <see cref="IdentityTokenInvalid"/>.</summary>
    public static IdentityToken Read(string text) => TryRead(text, out var token) ? token : throw NotToken();

    /// <summary>Reads a token, or says that the text is none.</summary>
    public static bool TryRead(string text, [NotNullWhen(true)] out IdentityToken? token)
    {
        token = null;
        try
        {
            token = text.Length <= Longest ? Open(text) : null;
        }
        catch (Exception broken) when (broken is ArgumentException or FormatException or JsonException or InvalidOperationException)
        {
            // Whatever is wrong with it, the answer is the same.
        }

        return token is not null;
    }

    /// <summary>The texts in a list; what is no text is passed over.</summary>
    public static IReadOnlyList<string> TextsOf(JsonElement list) =>
        [.. list.EnumerateArray().Where(item => item.ValueKind is JsonValueKind.String).Select(item => item.GetString()!)];

    /// <summary>What is answered for something that cannot be a token of a provider.</summary>
    public static FaultException NotToken() => new IdentityTokenInvalid(
        "The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)").AsException();

    /// <summary>A claim, or null.</summary>
    public JsonElement? Find(string name) => claims.TryGetProperty(name, out var value) ? value : null;

    /// <summary>A claim that is a text, or null.</summary>
    public string? FindText(string name) => Find(name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    /// <summary>A claim that must be a text.</summary>
    public string GetText(string name) => FindText(name) is { Length: > 0 } text ? text : throw Missing(name);

    /// <summary>A claim that must be a moment, in Unix seconds.</summary>
    public long GetMoment(string name) => FindMoment(name) ?? throw Missing(name);

    /// <summary>A claim that is a moment, in Unix seconds, or null.</summary>
    public long? FindMoment(string name) =>
        Find(name) is { ValueKind: JsonValueKind.Number } number && number.TryGetDouble(out var seconds) && Math.Abs(seconds) < long.MaxValue / 2
            ? (long)Math.Floor(seconds)
            : null;

    private static IdentityToken? Open(string text)
    {
        var signed = new JsonWebToken(text);
        if (signed.IsEncrypted || signed.EncodedToken.Length != text.Length)
        {
            return null;
        }

        using var payload = JsonDocument.Parse(Base64Url.DecodeFromChars(signed.EncodedPayload), Options);
        if (payload.RootElement.ValueKind is not JsonValueKind.Object)
        {
            return null;
        }

        ReadTexts(payload.RootElement);
        return new(signed, payload.RootElement.Clone());
    }

    // Half a pair of surrogates is noticed only when a text is asked for; later there would be nobody to catch it.
    private static void ReadTexts(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                _ = element.GetString();
                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                {
                    ReadTexts(item);
                }

                break;
            case JsonValueKind.Object:
                foreach (var claim in element.EnumerateObject())
                {
                    ReadTexts(claim.Value);
                }

                break;
        }
    }

    private static FaultException Missing(string name) => new IdentityTokenInvalid($"Missing a required claim: {name}").AsException();
}
