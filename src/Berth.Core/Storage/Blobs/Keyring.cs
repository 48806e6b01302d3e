using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Berth.Vocabulary;

namespace Berth.Storage.Blobs;

/// <summary>
/// The service's own keys. It seals small secrets under the active key and opens what any of its keys sealed, so a key is
/// rotated by adding one. No key of the ring is used itself: each purpose has one derived from it. Safe for many threads.
/// </summary>
public sealed class Keyring
{
    private const byte SealVersion = 1;
    private const int IdLength = 16;
    private const int NonceLength = 12;
    private const int TagLength = 16;
    private const int PrefixLength = 1 + IdLength;
    private const int Overhead = PrefixLength + NonceLength + TagLength;

    private readonly string path;
    private readonly Ids ids;
    private readonly TimeProvider time;
    private readonly Lock rotation = new();
    private readonly ConcurrentDictionary<(Guid Key, string Info), byte[]> derived = new();
    private volatile KeyringFile ring;

    private Keyring(string path, KeyringFile ring, Ids ids, TimeProvider time)
    {
        this.path = path;
        this.ring = ring;
        this.ids = ids;
        this.time = time;
    }

    /// <summary>
    /// Reads the key file, or makes one (mode 0600) when there is none. One that is there and cannot be read is a
    /// <see cref="KeyringUnreadableException"/>.
    /// </summary>
    public static Keyring LoadOrCreate(string path, Ids ids, TimeProvider time)
    {
        try
        {
            return new(path, File.Exists(path) ? KeyringFile.Read(path) : Create(path, ids, time), ids, time);
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another process made it at this moment: its keys are the ones to use.
            return new(path, KeyringFile.Read(path), ids, time);
        }
    }

    /// <summary>Adds a new key to the file and seals with it from now on; the others stay, to open what they sealed.</summary>
    public void Rotate()
    {
        lock (rotation)
        {
            var rotated = KeyringFile.Read(path).With(NewKey(ids, time));
            rotated.Write(path, replace: true);
            ring = rotated;
        }
    }

    /// <summary>
    /// Encrypts and authenticates (AES-256-GCM) for a purpose, which is one of a few constants.
    /// <paramref name="associated"/> is authenticated too and must be the same when it is opened. The nonce is random, so
    /// one key and purpose may seal 2^32 messages (NIST SP 800-38D, 8.3).
    /// </summary>
    public byte[] Seal(string purpose, ReadOnlySpan<byte> plain, ReadOnlySpan<byte> associated)
    {
        var key = ring.Active;
        var message = new byte[Overhead + plain.Length];
        message[0] = SealVersion;
        key.TryWriteBytes(message.AsSpan(1), bigEndian: true, out _);
        var nonce = message.AsSpan(PrefixLength, NonceLength);
        ids.Fill(nonce);
        using var cipher = new AesGcm(DeriveFrom(FindKey(key)!, "seal", purpose), TagLength);
        cipher.Encrypt(nonce, plain, message.AsSpan(Overhead - TagLength, plain.Length), message.AsSpan(^TagLength..), associated);
        return message;
    }

    /// <summary>Opens what <see cref="Seal"/> made; false when it was altered, or sealed for something else or elsewhere.</summary>
    public bool TryOpen(
        string purpose, ReadOnlySpan<byte> sealedBytes, ReadOnlySpan<byte> associated, [NotNullWhen(true)] out byte[]? plain)
    {
        plain = null;
        if (sealedBytes.Length < Overhead
            || sealedBytes[0] != SealVersion
            || FindKey(new Guid(sealedBytes.Slice(1, IdLength), bigEndian: true)) is not { } key)
        {
            return false;
        }

        var nonce = sealedBytes.Slice(PrefixLength, NonceLength);
        var content = sealedBytes[(PrefixLength + NonceLength)..^TagLength];
        var opened = new byte[content.Length];
        using var cipher = new AesGcm(DeriveFrom(key, "seal", purpose), TagLength);
        try
        {
            cipher.Decrypt(nonce, content, sealedBytes[^TagLength..], opened, associated);
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }

        plain = opened;
        return true;
    }

    /// <summary>
    /// A 256-bit key for authenticating what leaves the server, such as page tokens and presigned URLs. It comes from the
    /// oldest key: what carries such a code does not say by which key, and must not become invalid when a key is added.
    /// </summary>
    public byte[] Derive(string purpose) => [.. DeriveFrom(ring.Keys[0], "derive", purpose)];

    private static KeyringFile Create(string path, Ids ids, TimeProvider time)
    {
        DurableFolder.Create(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var created = KeyringFile.Empty.With(NewKey(ids, time));
        created.Write(path, replace: false);
        return created;
    }

    private static KeyringFile.Entry NewKey(Ids ids, TimeProvider time)
    {
        var key = new byte[KeyringFile.KeyLength];
        ids.Fill(key);
        return new(ids.NewGuid(), time.GetUtcNow(), key);
    }

    private KeyringFile.Entry? FindKey(Guid id) => ring.Keys.FirstOrDefault(key => key.Id == id);

    private byte[] DeriveFrom(KeyringFile.Entry key, string use, string purpose) =>
        derived.GetOrAdd(
            (key.Id, $"berth/{use}/{purpose}"),
            static (name, key) => HKDF.DeriveKey(
                HashAlgorithmName.SHA256, key, KeyringFile.KeyLength, info: Encoding.UTF8.GetBytes(name.Info)),
            key.Key);
}
