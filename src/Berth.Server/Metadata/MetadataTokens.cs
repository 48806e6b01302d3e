using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Berth.Identity.Delivery;
using Berth.Storage.Blobs;

namespace Berth.Server.Metadata;

/// <summary>
/// The session tokens of version 2 of the instance metadata service. A token is sealed for one machine and holds its own end, so any
/// node can check one that another gave.
/// </summary>
internal sealed class MetadataTokens(Keyring keyring, TimeProvider time)
{
    private const string Purpose = "metadata-token";
    private const int LongestLife = 21_600;
    private const int LongestToken = 512;

    /// <summary>How many seconds a token is asked for; null when that is no number from 1 to 21,600.</summary>
    public static int? ReadLife(string header) =>
        int.TryParse(header, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 1 and <= LongestLife ? seconds : null;

    /// <summary>A new token.</summary>
    public string Issue(Machine machine, int seconds)
    {
        Span<byte> end = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(end, time.GetUtcNow().ToUnixTimeMilliseconds() + (seconds * 1000L));
        return Base64Url.EncodeToString(keyring.Seal(Purpose, end, Encoding.UTF8.GetBytes(machine.Id)));
    }

    /// <summary>Whether a token was made for this machine and has not ended.</summary>
    public bool IsGood(Machine machine, string token) =>
        token.Length is > 0 and <= LongestToken
        && Base64Url.IsValid(token)
        && keyring.TryOpen(Purpose, Base64Url.DecodeFromChars(token), Encoding.UTF8.GetBytes(machine.Id), out var end)
        && time.GetUtcNow().ToUnixTimeMilliseconds() < BinaryPrimitives.ReadInt64BigEndian(end);
}
