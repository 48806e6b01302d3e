using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Berth.Vocabulary;

namespace Berth.Network;

/// <summary>A block of IPv4 addresses such as <c>10.0.0.0/16</c>. Bits behind the prefix are zero, whatever was written.</summary>
public readonly record struct Cidr
{
    private const int Bits = 32;

    private Cidr(uint first, int length) => (First, Length) = (first, length);

    /// <summary>The first address.</summary>
    public uint First { get; }

    /// <summary>How many bits all addresses of it have alike, from 0 to 32.</summary>
    public int Length { get; }

    /// <summary>How many addresses are in it.</summary>
    public long Size => 1L << (Bits - Length);

    /// <summary>Whether VPCs and subnets may be of this size: from 16 to 65,536 addresses.</summary>
    public bool IsOfNetworkSize => Length is >= 16 and <= 28;

    /// <summary>How many addresses of a subnet can be given away: the first four and the last are not.</summary>
    public long Usable => Size - 5;

    /// <summary>Reads a block, or says that the text is none.</summary>
    public static bool TryParse(string? text, out Cidr cidr)
    {
        cidr = default;
        if (text?.Split('/') is not [var address, var length]
            || ToNumber(address) is not { } number
            || length.Length is 0 or > 2
            || !int.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out var bits)
            || bits > Bits)
        {
            return false;
        }

        cidr = new(bits is 0 ? 0 : number & (uint.MaxValue << (Bits - bits)), bits);
        return true;
    }

    /// <summary>Reads a block. The fault names the member that it was given in.</summary>
    public static Cidr Parse(string text, string member = "cidrBlock") =>
        TryParse(text, out var cidr) ? cidr : throw NetworkRefused.Cidr(text, member).AsException();

    /// <summary>Whether every address of another block is one of this.</summary>
    public bool Contains(Cidr other) => other.Length >= Length && Contains(other.First);

    /// <summary>Whether an address is one of this.</summary>
    public bool Contains(uint address) => address >= First && address - (long)First < Size;

    /// <summary>Whether they have an address in common.</summary>
    public bool Overlaps(Cidr other) => Contains(other.First) || other.Contains(First);

    /// <summary>An address by its place in the block, from 0.</summary>
    public uint At(long place) => (uint)(First + place);

    /// <summary>Whether a subnet of this block may give an address away.</summary>
    public bool CanGive(uint address) => Contains(address) && address - (long)First is var place && place >= 4 && place < Size - 1;

    /// <summary>An address as a number; null for what is none as people write it.</summary>
    public static uint? ToNumber(string text) =>
        IPAddress.TryParse(text, out var address)
        && address.AddressFamily is AddressFamily.InterNetwork
        && string.Equals(address.ToString(), text, StringComparison.Ordinal)
            ? BinaryPrimitives.ReadUInt32BigEndian(address.GetAddressBytes())
            : null;

    /// <summary>A number as an address.</summary>
    public static string ToAddress(long number) =>
        string.Create(CultureInfo.InvariantCulture, $"{(number >> 24) & 255}.{(number >> 16) & 255}.{(number >> 8) & 255}.{number & 255}");

    /// <summary>A block of IPv6 addresses in its usual form, or null for what is none.</summary>
    public static string? NormalizeV6(string text)
    {
        if (text.Split('/') is not [var address, { Length: > 0 and <= 3 } length]
            || !IPAddress.TryParse(address, out var parsed)
            || parsed.AddressFamily is not AddressFamily.InterNetworkV6
            || address.Contains('%', StringComparison.Ordinal)
            || address.Contains('[', StringComparison.Ordinal)
            || !int.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out var bits)
            || bits > 128)
        {
            return null;
        }

        var bytes = parsed.GetAddressBytes();
        for (var bit = bits; bit < 128; bit++)
        {
            bytes[bit / 8] &= (byte)~(128 >> (bit % 8));
        }

        return string.Create(CultureInfo.InvariantCulture, $"{new IPAddress(bytes)}/{bits}");
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{ToAddress(First)}/{Length}");
}
