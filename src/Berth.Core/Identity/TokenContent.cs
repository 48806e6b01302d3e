using System.Text;
using Berth.Vocabulary;

namespace Berth.Identity;

/// <summary>What a token holds under its seal.</summary>
internal sealed record TokenContent(Caller Caller, DateTimeOffset Issued, DateTimeOffset Expires)
{
    private const byte Version = 1;

    public byte[] ToBytes()
    {
        using var memory = new MemoryStream();
        using (var writer = new BinaryWriter(memory, Encoding.UTF8))
        {
            writer.Write(Version);
            writer.Write(Caller.Arn);
            writer.Write(Caller.Account.ToString());
            writer.Write(Caller.Principal.UserId);
            writer.Write(Caller.AccessKeyId);
            writer.Write(Issued.ToUnixTimeMilliseconds());
            writer.Write(Expires.ToUnixTimeMilliseconds());
        }

        return memory.ToArray();
    }

    /// <summary>Reads what <see cref="ToBytes"/> wrote, as the seal has proved; null when a newer version of us wrote it.</summary>
    public static TokenContent? Read(byte[] bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes), Encoding.UTF8);
        if (reader.ReadByte() is not Version)
        {
            return null;
        }

        var principal = new Principal(reader.ReadString(), AccountId.Parse(reader.ReadString()), reader.ReadString());
        return new(
            new(principal, reader.ReadString()),
            DateTimeOffset.FromUnixTimeMilliseconds(reader.ReadInt64()),
            DateTimeOffset.FromUnixTimeMilliseconds(reader.ReadInt64()));
    }
}
