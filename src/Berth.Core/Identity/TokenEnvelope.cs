using System.Text.Json;
using System.Text.Json.Serialization;

namespace Berth.Identity;

/// <summary>The outside of a token, which looks like ECR's: base 64 of a small JSON object.</summary>
internal sealed record TokenEnvelope
{
    /// <summary>The sealed content.</summary>
    [JsonPropertyName("payload")]
    public required byte[] Payload { get; init; }

    /// <summary>Authenticated with the content; makes no two tokens alike.</summary>
    [JsonPropertyName("datakey")]
    public required byte[] Salt { get; init; }

    [JsonPropertyName("version")]
    public string Version { get; init; } = "2";

    [JsonPropertyName("type")]
    public string Type { get; init; } = "DATA_KEY";

    /// <summary>In Unix seconds, for curious clients: what counts is under the seal.</summary>
    [JsonPropertyName("expiration")]
    public required long Expiration { get; init; }

    public string ToPassword() => Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(this));

    /// <summary>Reads a password, or says that it is none by returning null.</summary>
    public static TokenEnvelope? Read(string password)
    {
        var bytes = new byte[password.Length];
        if (!Convert.TryFromBase64String(password, bytes, out var length))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<TokenEnvelope>(bytes.AsSpan(0, length));
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
