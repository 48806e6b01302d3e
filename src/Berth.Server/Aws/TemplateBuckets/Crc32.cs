namespace Berth.Server.Aws.TemplateBuckets;

/// <summary>The sum that SDKs send along with an upload (ISO/IEC/IEEE 8802-3, 3.2.9). The base class library has only Castagnoli's.</summary>
internal static class Crc32
{
    private const uint Polynomial = 0xEDB88320;

    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(value => Step((uint)value))];

    /// <summary>The sum of some bytes, big-endian.</summary>
    public static byte[] Of(ReadOnlySpan<byte> content)
    {
        var sum = uint.MaxValue;
        foreach (var value in content)
        {
            sum = Table[(byte)(sum ^ value)] ^ (sum >> 8);
        }

        sum = ~sum;
        return [(byte)(sum >> 24), (byte)(sum >> 16), (byte)(sum >> 8), (byte)sum];
    }

    private static uint Step(uint value)
    {
        for (var bit = 0; bit < 8; bit++)
        {
            value = (value & 1) == 0 ? value >> 1 : (value >> 1) ^ Polynomial;
        }

        return value;
    }
}
