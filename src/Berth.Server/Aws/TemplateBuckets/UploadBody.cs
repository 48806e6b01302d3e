using System.Globalization;
using System.Text;
using Berth.Server.Gate;
using Berth.Vocabulary;

namespace Berth.Server.Aws.TemplateBuckets;

/// <summary>
/// The bytes of an upload, out of the form that SDKs send them in: as they are, or in chunks with a sum after them (Amazon S3 API
/// Reference, "Signature calculations: trailing headers"). Chunks that are each signed are not taken.
/// </summary>
internal static class UploadBody
{
    /// <summary>Chunks whose sum follows, over a connection that is secure by itself.</summary>
    public const string Chunked = "STREAMING-UNSIGNED-PAYLOAD-TRAILER";

    private const string SumHeader = "x-amz-checksum-crc32";

    /// <summary>What is signed as the body's hash: its hash, or that it is not signed.</summary>
    public static string HashOf(WireRequest request, AwsRequest body) =>
        request.Header("X-Amz-Content-SHA256") is (SignatureV4.UnsignedPayload or Chunked) and var unsigned ? unsigned : body.HashBody();

    /// <summary>The bytes. Fault: <see cref="UploadDamaged"/> where a sum differs.</summary>
    public static byte[] Read(WireRequest request, AwsRequest body)
    {
        if (request.Header("X-Amz-Content-SHA256") is not Chunked)
        {
            var plain = body.Body.ToArray();
            Compare(request.Header(SumHeader), plain);
            return plain;
        }

        var (content, trailer) = Unchunk(body.Body.Span);
        Compare(trailer, content);
        return content;
    }

    private static (byte[] Content, string? Crc) Unchunk(ReadOnlySpan<byte> body)
    {
        using var content = new MemoryStream();
        while (true)
        {
            var line = TakeLine(ref body);
            var size = line.IndexOf(';') is >= 0 and var mark ? line[..mark] : line;
            if (!int.TryParse(size, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var length) || length < 0 || length > body.Length)
            {
                throw Malformed();
            }

            if (length == 0)
            {
                return (content.ToArray(), FindTrailer(body));
            }

            content.Write(body[..length]);
            body = body[length..];
            if (TakeLine(ref body).Length > 0)
            {
                throw Malformed();
            }
        }
    }

    private static ReadOnlySpan<char> TakeLine(ref ReadOnlySpan<byte> body)
    {
        var end = body.IndexOf("\r\n"u8);
        if (end is < 0 or > 256)
        {
            throw Malformed();
        }

        var line = Encoding.ASCII.GetString(body[..end]);
        body = body[(end + 2)..];
        return line;
    }

    private static string? FindTrailer(ReadOnlySpan<byte> rest)
    {
        while (rest.IndexOf("\r\n"u8) > 0)
        {
            var line = TakeLine(ref rest).ToString();
            if (line.Split(':', 2) is [var name, var value] && name.Equals(SumHeader, StringComparison.OrdinalIgnoreCase))
            {
                return value.Trim();
            }
        }

        return null;
    }

    private static void Compare(string? sum, byte[] content)
    {
        if (sum is not null && !string.Equals(sum, Convert.ToBase64String(Crc32.Of(content)), StringComparison.Ordinal))
        {
            throw new UploadDamaged("The CRC32 you specified did not match the calculated checksum.").AsException();
        }
    }

    private static FaultException Malformed() => new UploadDamaged("The request body is not in the form that its headers say.").AsException();
}
