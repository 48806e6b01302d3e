using Berth.Storage.Blobs;
using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Identity;

/// <summary>
/// Ties rows to the keyring they were sealed under. A start with a new keyring, because the old one was not mounted or was
/// misnamed, would look well and store under keys that do not open what is there.
/// </summary>
public static class KeyringMark
{
    private const string Purpose = "keyring-mark";

    private static ReadOnlySpan<byte> Text => "berth"u8;

    /// <summary>
    /// The keyring of a deployment: loaded, or made when the deployment is new. One that is missing or another one's is a
    /// <see cref="KeyringRefusedException"/>.
    /// </summary>
    public static async Task<Keyring> OpenAsync(Database database, string path, Ids ids, TimeProvider time, CancellationToken cancel)
    {
        var mark = await database.ReadAsync(rows => rows.FindAsync<byte[]>("SELECT mark FROM keyring_mark"), cancel);
        if (mark is not null && !File.Exists(path))
        {
            throw new KeyringRefusedException($"the keyring '{path}' is missing, and the data are sealed under it; put it back where it was, or name its place");
        }

        var keyring = Keyring.LoadOrCreate(path, ids, time);
        mark ??= await SetAsync(database, keyring, cancel);
        return keyring.TryOpen(Purpose, mark, [], out var text) && Text.SequenceEqual(text)
            ? keyring
            : throw new KeyringRefusedException($"the keyring '{path}' is not the one that the data are sealed under");
    }

    // Of several nodes that start at once the first one's mark holds, and the others are held against it.
    private static async Task<byte[]> SetAsync(Database database, Keyring keyring, CancellationToken cancel)
    {
        var mark = keyring.Seal(Purpose, Text, []);
        return await database.WriteAsync(
            async tx =>
            {
                await tx.ExecuteAsync("INSERT INTO keyring_mark (id, mark) VALUES (1, @mark) ON CONFLICT (id) DO NOTHING", new { mark });
                return await tx.FindAsync<byte[]>("SELECT mark FROM keyring_mark") ?? mark;
            },
            cancel);
    }
}

/// <summary>The keyring is not the deployment's; the message names its path.</summary>
public sealed class KeyringRefusedException(string message) : Exception(message);
