using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Berth.Trail.Export;

/// <summary>
/// What was exported in one run, with the hash and the signature of the digest before: whoever removes or alters a file breaks the
/// chain (CloudTrail user guide, "CloudTrail digest file structure"). Objects are paths below the folder; there are no buckets.
/// </summary>
internal sealed record TrailDigest
{
    private static readonly JsonSerializerOptions Form = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, WriteIndented = false };

    public required string AwsAccountId { get; init; }

    public required string DigestStartTime { get; init; }

    public required string DigestEndTime { get; init; }

    [JsonPropertyName("digestS3Object")]
    public required string Path { get; init; }

    public required string DigestPublicKeyFingerprint { get; init; }

    public string DigestSignatureAlgorithm { get; init; } = "SHA256withRSA";

    public string? NewestEventTime { get; init; }

    public string? OldestEventTime { get; init; }

    [JsonPropertyName("previousDigestS3Object")]
    public string? PreviousPath { get; init; }

    public string? PreviousDigestHashValue { get; init; }

    public string? PreviousDigestHashAlgorithm => PreviousDigestHashValue is null ? null : "SHA-256";

    public string? PreviousDigestSignature { get; init; }

    public required IReadOnlyList<DigestedFile> LogFiles { get; init; }

    /// <summary>The content of its file, uncompressed.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, Form);

    /// <summary>Reads a file's content; null when it is no digest.</summary>
    public static TrailDigest? Read(byte[] content)
    {
        try
        {
            return JsonSerializer.Deserialize<TrailDigest>(content, Form);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Signs its content; in hex.</summary>
    public string Sign(byte[] content, RSA key) =>
        Convert.ToHexStringLower(key.SignData(Signed(content), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));

    /// <summary>Whether a signature is the key's, of this digest at its place.</summary>
    public bool IsSigned(byte[] content, string signature, RSA key)
    {
        var bytes = new byte[signature.Length / 2];
        return Convert.FromHexString(signature, bytes, out _, out var length) is System.Buffers.OperationStatus.Done
            && key.VerifyData(Signed(content), bytes.AsSpan(0, length), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }

    // The four lines that CloudTrail signs.
    private byte[] Signed(byte[] content) => Encoding.UTF8.GetBytes(
        $"{DigestEndTime}\n{Path}\n{Convert.ToHexStringLower(SHA256.HashData(content))}\n{PreviousDigestSignature ?? "null"}");
}

/// <summary>A file of records, as a digest has it.</summary>
internal sealed record DigestedFile
{
    [JsonPropertyName("s3Object")]
    public required string Path { get; init; }

    /// <summary>The SHA-256 of what it holds uncompressed.</summary>
    public required string HashValue { get; init; }

    public string HashAlgorithm { get; init; } = "SHA-256";

    public required string NewestEventTime { get; init; }

    public required string OldestEventTime { get; init; }
}
