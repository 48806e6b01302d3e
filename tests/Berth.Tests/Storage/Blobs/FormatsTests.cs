using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Berth.Tests.Storage.Blobs;

/// <summary>Reads what is stored by <c>docs/reference/formats.md</c> alone, with nothing of Berth's own code.</summary>
public sealed class FormatsTests : IDisposable
{
    private readonly BlobHouse house = new();

    public void Dispose() => house.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(65_536)]
    [InlineData(200_000)]
    public async Task A_blob_is_read_by_the_documented_format(int length)
    {
        var content = BlobHouse.Content(length);
        var blob = await house.StoreAsync(content);
        var dataKey = OpenSecret(
            blob.WrappedKey, "data-key", $"stored\n{blob.Key.Scope}\n{blob.Key.Digest}\n{blob.Key.Id}\n{length}");

        Assert.Equal(content, OpenObject(await File.ReadAllBytesAsync(house.FileOf(blob)), dataKey));
    }

    [Fact]
    public async Task The_tail_of_an_upload_is_read_by_the_documented_format()
    {
        var content = BlobHouse.Content(200_000);
        await using var staged = await house.StageAsync();
        await staged.WriteAsync(content, default);
        var state = await staged.PersistAsync(default);
        var dataKey = OpenSecret(state.WrappedKey, "data-key", $"staged\n{BlobHouse.Scope}\n{state.Id}");
        var associated = new byte[24];
        state.Id.TryWriteBytes(associated, bigEndian: true, out _);
        BinaryPrimitives.WriteInt64BigEndian(associated.AsSpan(16), content.Length);

        var tail = Decrypt(Hkdf(dataKey, "berth/tail"), state.SealedTail.AsSpan(0, 12), state.SealedTail.AsSpan(12), associated);
        Assert.Equal(content[(3 * 65_536)..], tail);
    }

    [Fact]
    public void A_derived_key_is_the_documented_one() =>
        Assert.Equal(Hkdf(ReadKeys().First().Key, "berth/derive/page-token"), house.Keyring.Derive("page-token"));

    private static byte[] OpenObject(byte[] file, byte[] dataKey)
    {
        Assert.Equal("BRTH\u0001\u0010\0\0\0"u8, file.AsSpan(0, 9));
        var content = new List<byte>();
        for (int start = 16, number = 0; start < file.Length; start += 65_552, number++)
        {
            var end = Math.Min(start + 65_552, file.Length);
            byte[] nonce = [.. file[9..16], 0, 0, 0, (byte)number, end == file.Length ? (byte)1 : (byte)0];
            content.AddRange(Decrypt(dataKey, nonce, file.AsSpan(start..end), []));
        }

        return [.. content];
    }

    private static byte[] Decrypt(byte[] key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> cipherAndTag, ReadOnlySpan<byte> associated)
    {
        var plain = new byte[cipherAndTag.Length - 16];
        using var cipher = new AesGcm(key, 16);
        cipher.Decrypt(nonce, cipherAndTag[..^16], cipherAndTag[^16..], plain, associated);
        return plain;
    }

    private static byte[] Hkdf(byte[] key, string info) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, key, 32, salt: null, Encoding.UTF8.GetBytes(info));

    private byte[] OpenSecret(byte[] secret, string purpose, string associated)
    {
        Assert.Equal(1, secret[0]);
        var id = new Guid(secret.AsSpan(1, 16), bigEndian: true);
        var key = ReadKeys().Single(key => key.Id == id).Key;
        return Decrypt(
            Hkdf(key, $"berth/seal/{purpose}"), secret.AsSpan(17, 12), secret.AsSpan(29), Encoding.UTF8.GetBytes(associated));
    }

    private IEnumerable<(Guid Id, byte[] Key)> ReadKeys() =>
        JsonNode.Parse(File.ReadAllText(house.KeyFile))!["keys"]!.AsArray()
            .Select(key => (key!["id"]!.GetValue<Guid>(), Convert.FromBase64String(key["key"]!.GetValue<string>())));
}
