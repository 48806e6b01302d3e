using System.Text;
using Berth.Storage.Blobs;
using Berth.Vocabulary;

namespace Berth.Identity.Sessions;

/// <summary>
/// Issues and opens temporary keys. The token holds the key's secret and its session, sealed: any node can check a signature
/// without a look-up, and nothing has to be cleaned up when the session ends.
/// </summary>
public sealed class SessionTokens(Keyring keyring, Ids ids)
{
    private const string Purpose = "session-token";
    private const byte Version = 2;
    private const int LongestToken = 16 * 1024;

    // A tool sends one token with all its requests.
    private readonly BoundedCache<string, TemporaryKey> opened = new(most: 2_000);

    /// <summary>A new temporary key.</summary>
    /// <param name="principal">Whom it proves: the session's ARN and user id, or for GetSessionToken those of the user.</param>
    /// <param name="session">What it may do, and how long.</param>
    public TemporaryKey Issue(Principal principal, Session session)
    {
        var caller = new Caller(principal, ids.NewTemporaryKeyId()) { Session = session };
        var key = new AccessKey(caller.AccessKeyId, ids.NewSecretAccessKey(), principal);
        var content = CallerFormat.ToBytes(writer =>
        {
            writer.Write(Version);
            writer.Write(key.Secret);
            CallerFormat.Write(writer, caller);
        });
        return new(key, Convert.ToBase64String(keyring.Seal(Purpose, content, [])), caller);
    }

    /// <summary>The key that a token belongs to, whether or not its time is over; null when the token is none of ours.</summary>
    public TemporaryKey? Find(string token)
    {
        if (token.Length > LongestToken)
        {
            return null;
        }

        if (opened.TryGet(token, out var known))
        {
            return known;
        }

        var bytes = new byte[token.Length];
        if (!Convert.TryFromBase64String(token, bytes, out var length)
            || !keyring.TryOpen(Purpose, bytes.AsSpan(0, length), [], out var plain)
            || Read(token, plain) is not { } key)
        {
            return null;
        }

        opened.Set(token, key);
        return key;
    }

    // A token of a newer version of us is unknown to this node.
    private static TemporaryKey? Read(string token, byte[] plain)
    {
        using var reader = new BinaryReader(new MemoryStream(plain), Encoding.UTF8);
        if (reader.ReadByte() is not Version)
        {
            return null;
        }

        var secret = reader.ReadString();
        var caller = CallerFormat.Read(reader);
        return new(new(caller.AccessKeyId, secret, caller.Principal), token, caller);
    }
}
