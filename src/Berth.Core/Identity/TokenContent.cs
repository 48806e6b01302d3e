using System.Text;
using Berth.Identity.Sessions;

namespace Berth.Identity;

/// <summary>What a token holds under its seal.</summary>
internal sealed record TokenContent(Caller Caller, DateTimeOffset Issued, DateTimeOffset Expires)
{
    private const byte Version = 3;

    public byte[] ToBytes() => CallerFormat.ToBytes(writer =>
    {
        writer.Write(Version);
        CallerFormat.Write(writer, Caller);
        writer.Write(Issued.ToUnixTimeMilliseconds());
        writer.Write(Expires.ToUnixTimeMilliseconds());
    });

    /// <summary>Reads what <see cref="ToBytes"/> wrote, as the seal has proved; null when another version of us wrote it.</summary>
    public static TokenContent? Read(byte[] bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes), Encoding.UTF8);
        return reader.ReadByte() is not Version
            ? null
            : new(
                CallerFormat.Read(reader),
                DateTimeOffset.FromUnixTimeMilliseconds(reader.ReadInt64()),
                DateTimeOffset.FromUnixTimeMilliseconds(reader.ReadInt64()));
    }
}
