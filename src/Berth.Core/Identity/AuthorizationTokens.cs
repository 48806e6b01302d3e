using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Berth.Storage.Blobs;
using Berth.Vocabulary;

namespace Berth.Identity;

/// <summary>What <c>docker login</c> is given as a password.</summary>
/// <param name="Password">Opaque to clients.</param>
/// <param name="ExpiresAt">When it ends.</param>
public sealed record AuthorizationToken(string Password, DateTimeOffset ExpiresAt);

/// <summary>
/// Issues and opens authorization tokens. A token holds the caller's identity, sealed, so that any node can open it; it
/// is good for as long as its access key is, or for a session, its user or role.
/// </summary>
public sealed class AuthorizationTokens(Keyring keyring, AccessKeys keys, Permissions permissions, Ids ids)
{
    private const string Purpose = "authorization-token";
    private const int LongestPassword = 24 * 1024;
    private const int SaltLength = 32;

    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    // Docker sends its token with every request: what was opened once is known by its hash.
    private readonly BoundedCache<(UInt128, UInt128), TokenContent> opened = new(most: 10_000);

    /// <summary>A new token for a caller, good for twelve hours.</summary>
    public AuthorizationToken Issue(Caller caller, DateTimeOffset now)
    {
        var content = new TokenContent(caller, now, now + Lifetime);
        var salt = new byte[SaltLength];
        ids.Fill(salt);
        var envelope = new TokenEnvelope
        {
            Payload = keyring.Seal(Purpose, content.ToBytes(), salt),
            Salt = salt,
            Expiration = content.Expires.ToUnixTimeSeconds(),
        };
        return new(envelope.ToPassword(), content.Expires);
    }

    /// <summary>
    /// Who holds a token; null when it is none of ours or its access key is gone. One whose time is over is the fault
    /// <see cref="NotAuthenticated"/>.
    /// </summary>
    public async ValueTask<Caller?> OpenAsync(string password, DateTimeOffset now, CancellationToken cancel)
    {
        if (Find(password) is not { } content)
        {
            return null;
        }

        if (now >= content.Expires)
        {
            throw new NotAuthenticated(
                AuthenticationFailure.Expired,
                "Your authorization token has expired. Reauthenticate and try again.").AsException();
        }

        return await ConfirmAsync(content.Caller, cancel);
    }

    // A session's key is nowhere but in its own token: it goes with its user or role. A user keeps its tokens under a new name.
    private async ValueTask<Caller?> ConfirmAsync(Caller caller, CancellationToken cancel)
    {
        if (caller.Session is not null)
        {
            return await permissions.ConfirmAsync(caller, cancel);
        }

        var holder = (await keys.FindAsync(caller.AccessKeyId, cancel))?.Principal;
        return holder == caller.Principal ? caller
            : string.Equals(holder?.UserId, caller.Principal.UserId, StringComparison.Ordinal) ? caller with { Principal = holder! }
            : null;
    }

    private TokenContent? Find(string password)
    {
        if (password.Length > LongestPassword)
        {
            return null;
        }

        var name = Hash(password);
        if (opened.TryGet(name, out var known))
        {
            return known;
        }

        if (TokenEnvelope.Read(password) is not { } envelope
            || !keyring.TryOpen(Purpose, envelope.Payload, envelope.Salt, out var plain)
            || TokenContent.Read(plain) is not { } content)
        {
            return null;
        }

        opened.Set(name, content);
        return content;
    }

    private static (UInt128, UInt128) Hash(string password)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(MemoryMarshal.AsBytes(password.AsSpan()), hash);
        return MemoryMarshal.Read<(UInt128, UInt128)>(hash);
    }
}
