using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Berth.Policy.Conditions;

/// <summary>Tests of IP addresses: within a block of either version of the protocol, or the one address that stands alone.</summary>
internal static class Addresses
{
    private const int BitsPerByte = 8;

    public static ValueTest Within(string expected, bool variables)
    {
        var slash = expected.IndexOf('/', StringComparison.Ordinal);
        if (FindBytes(slash < 0 ? expected : expected[..slash]) is not { } block || FindLength(expected, slash, block) is not { } length)
        {
            return Texts.Nothing;
        }

        return (actual, _) => FindBytes(actual) is { } address && address.Length == block.Length && HaveCommonStart(address, block, length);
    }

    private static int? FindLength(string text, int slash, byte[] block)
    {
        var all = block.Length * BitsPerByte;
        if (slash < 0)
        {
            return all;
        }

        return int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var length) && length <= all ? length : null;
    }

    /// <summary>The bytes of an address as people write it: the four numbers of version 4, or version 6 without a zone.</summary>
    private static byte[]? FindBytes(string text)
    {
        if (!IPAddress.TryParse(text, out var address) || text.AsSpan().ContainsAny('%', '['))
        {
            return null;
        }

        var isWritten = address.AddressFamily is AddressFamily.InterNetworkV6 || string.Equals(address.ToString(), text, StringComparison.Ordinal);
        return isWritten ? address.GetAddressBytes() : null;
    }

    private static bool HaveCommonStart(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, int bits)
    {
        var (bytes, rest) = Math.DivRem(bits, BitsPerByte);
        return left[..bytes].SequenceEqual(right[..bytes])
            && (rest == 0 || (left[bytes] ^ right[bytes]) >> (BitsPerByte - rest) == 0);
    }
}
