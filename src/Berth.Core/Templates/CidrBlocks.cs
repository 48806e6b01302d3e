using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Numerics;
using System.Text.Json.Nodes;

namespace Berth.Templates;

/// <summary>Cuts a block of addresses into smaller ones of one size, as <c>Fn::Cidr</c> does.</summary>
internal static class CidrBlocks
{
    private const int MostBlocks = 256;

    /// <summary>The blocks.</summary>
    /// <param name="arguments">The block, how many are wanted, and how many bits of an address lie within each: eight unless it is said.</param>
    public static JsonNode Cut(string[] arguments)
    {
        if (arguments.Any(argument => argument.Contains(ResourceLookup.Unknown, StringComparison.Ordinal)))
        {
            return JsonValue.Create(ResourceLookup.Unknown);
        }

        if (!IPNetwork.TryParse(arguments[0], out var block)
            || !int.TryParse(arguments[1], CultureInfo.InvariantCulture, out var count)
            || !int.TryParse(arguments.Length > 2 ? arguments[2] : "8", CultureInfo.InvariantCulture, out var bits)
            || count is < 1 or > MostBlocks
            || bits < 1)
        {
            throw FunctionShapes.Wrong(FunctionShapes.Cidr);
        }

        var width = block.BaseAddress.AddressFamily is AddressFamily.InterNetworkV6 ? 128 : 32;
        var length = width - bits;
        if (length < block.PrefixLength || (BigInteger.One << Math.Min(length - block.PrefixLength, 20)) < count)
        {
            throw FunctionShapes.Wrong($"Fn::Cidr cannot make {count} blocks of {bits} bits of '{arguments[0]}'");
        }

        var first = new BigInteger(block.BaseAddress.GetAddressBytes(), isUnsigned: true, isBigEndian: true);
        return new JsonArray([.. Enumerable.Range(0, count).Select(at => JsonValue.Create($"{AddressOf(first + (new BigInteger(at) << bits), width)}/{length}"))]);
    }

    private static IPAddress AddressOf(BigInteger number, int width)
    {
        var bytes = new byte[width / 8];
        var written = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        written.CopyTo(bytes, bytes.Length - written.Length);
        return new(bytes);
    }
}
