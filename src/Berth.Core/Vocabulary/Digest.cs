using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Berth.Vocabulary;

/// <summary>
/// The address of content: algorithm and hex, as <c>sha256:&lt;64 hex&gt;</c> or <c>sha512:&lt;128 hex&gt;</c>
/// (OCI image specification, "Digests"). Only these two registered algorithms are accepted, in lower case.
/// </summary>
public readonly record struct Digest
{
    private const int Sha256Length = 7 + 64;
    private const int Sha512Length = 7 + 128;

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    private readonly string? text;

    private Digest(string text) => this.text = text;

    /// <summary>The algorithm's registered name: <c>sha256</c> or <c>sha512</c>.</summary>
    public string Algorithm => ToString()[..6];

    /// <summary>The lower-case hex after the colon.</summary>
    public string Hex => ToString()[7..];

    /// <summary>Whether the content is addressed by SHA-512.</summary>
    public bool IsSha512 => ToString().StartsWith("sha512:", StringComparison.Ordinal);

    /// <summary>Reads a digest, or says that the text is none.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Digest digest)
    {
        var known = text is { Length: Sha256Length } && text.StartsWith("sha256:", StringComparison.Ordinal)
            || text is { Length: Sha512Length } && text.StartsWith("sha512:", StringComparison.Ordinal);
        if (!known || text.AsSpan(7).ContainsAnyExcept(HexDigits))
        {
            digest = default;
            return false;
        }

        digest = new(text!);
        return true;
    }

    /// <summary>Reads a digest; text that is none is the fault <see cref="DigestInvalid"/>.</summary>
    public static Digest Parse(string text) =>
        TryParse(text, out var digest) ? digest : throw new DigestInvalid(text).AsException();

    /// <summary>The SHA-256 digest of bytes that lie in memory.</summary>
    public static Digest Sha256Of(ReadOnlySpan<byte> content)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(content, hash);
        return OfHash(hash);
    }

    /// <summary>The digest of bytes that lie in memory, by the same algorithm as this one.</summary>
    public Digest SameAlgorithmOf(ReadOnlySpan<byte> content)
    {
        if (!IsSha512)
        {
            return Sha256Of(content);
        }

        Span<byte> hash = stackalloc byte[SHA512.HashSizeInBytes];
        SHA512.HashData(content, hash);
        return OfHash(hash);
    }

    /// <summary>Wraps a finished hash: 32 bytes are SHA-256, 64 are SHA-512.</summary>
    public static Digest OfHash(ReadOnlySpan<byte> hash) => hash.Length switch
    {
        SHA256.HashSizeInBytes => new("sha256:" + Convert.ToHexStringLower(hash)),
        SHA512.HashSizeInBytes => new("sha512:" + Convert.ToHexStringLower(hash)),
        _ => throw new ArgumentException("a hash is 32 or 64 bytes long", nameof(hash)),
    };

    /// <inheritdoc/>
    public override string ToString() => text ?? throw new InvalidOperationException("a digest that was never set");
}
