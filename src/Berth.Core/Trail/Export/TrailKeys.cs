using System.Security.Cryptography;
using Berth.Storage.Blobs;
using Berth.Storage.Rows;

namespace Berth.Trail.Export;

/// <summary>The key that signs digests. It is made at the first export, and its private part never leaves the server unsealed.</summary>
internal sealed class TrailKeys(Database database, Keyring keyring, TimeProvider time)
{
    private const string Purpose = "trail-digest";
    private const int Bits = 2048;

    /// <summary>The key, made if there is none. The caller disposes it.</summary>
    public async Task<RSA> OpenAsync(CancellationToken cancel)
    {
        using var made = RSA.Create(Bits);
        var secret = keyring.Seal(Purpose, made.ExportPkcs8PrivateKey(), []);
        var kept = await database.WriteAsync(
            async tx =>
            {
                await tx.ExecuteAsync(
                    "INSERT INTO trail_key (id, public_key, secret, created_at) VALUES (1, @open, @secret, @now) ON CONFLICT (id) DO NOTHING",
                    new { open = made.ExportRSAPublicKey(), secret, now = time.GetUtcNow().ToUnixTimeMilliseconds() });
                return (await tx.FindAsync<byte[]>("SELECT secret FROM trail_key WHERE id = 1"))!;
            },
            cancel);
        if (!keyring.TryOpen(Purpose, kept, [], out var plain))
        {
            throw new CryptographicException("the key that signs digests of the trail was sealed by another keyring");
        }

        var key = RSA.Create();
        key.ImportPkcs8PrivateKey(plain, out _);
        return key;
    }

    /// <summary>What tells one key from another: the SHA-256 of the public key (PKCS #1), in hex.</summary>
    public static string FingerprintOf(RSA key) => Convert.ToHexStringLower(SHA256.HashData(key.ExportRSAPublicKey()));
}
