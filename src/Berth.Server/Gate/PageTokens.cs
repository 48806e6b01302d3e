using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Berth.Storage.Blobs;
using Berth.Vocabulary;

namespace Berth.Server.Gate;

/// <summary>
/// Makes and reads page tokens. A token holds the key of the last row that was answered, so it goes on at the right place
/// whatever was inserted or deleted meanwhile, and is authenticated together with the question it belongs to.
/// </summary>
internal sealed class PageTokens(Keyring keyring)
{
    private const int MacLength = 16;
    private const int LongestToken = 4096;

    private readonly byte[] key = keyring.Derive("page-token");

    /// <summary>The token for what follows a row.</summary>
    /// <param name="question">All that the answer depends on but the place in it: operation, registry, repository, filters.</param>
    /// <param name="last">The key of the last row answered.</param>
    public string Issue(IReadOnlyList<string> question, params IReadOnlyList<string> last)
    {
        var place = JsonSerializer.SerializeToUtf8Bytes(last);
        return Base64Url.EncodeToString([.. Authenticate(question, place), .. place]);
    }

    /// <summary>
    /// The key of the last row answered, or null at the beginning. A token that was not made for this very question is the
    /// fault <see cref="PageTokenInvalid"/>.
    /// </summary>
    public IReadOnlyList<string>? Read(IReadOnlyList<string> question, string? token)
    {
        if (token is null)
        {
            return null;
        }

        var bytes = token.Length <= LongestToken && Base64Url.IsValid(token) ? Base64Url.DecodeFromChars(token) : [];
        if (bytes.Length < MacLength
            || !CryptographicOperations.FixedTimeEquals(bytes.AsSpan(0, MacLength), Authenticate(question, bytes.AsSpan(MacLength))))
        {
            throw new PageTokenInvalid().AsException();
        }

        return JsonSerializer.Deserialize<string[]>(bytes.AsSpan(MacLength));
    }

    // JSON has no zero byte, so no question runs over into a place.
    private byte[] Authenticate(IReadOnlyList<string> question, ReadOnlySpan<byte> place)
    {
        byte[] message = [.. JsonSerializer.SerializeToUtf8Bytes(question), 0, .. place];
        return HMACSHA256.HashData(key, message)[..MacLength];
    }
}
