using System.Security.Cryptography;
using System.Text;

namespace Berth.Server.Gate;

/// <summary>What a signature is good for: one day, one Region, one service.</summary>
/// <param name="Date">As <c>yyyymmdd</c>.</param>
/// <param name="Region">The Region's name.</param>
/// <param name="Service">The service's signing name.</param>
internal readonly record struct SignatureScope(string Date, string Region, string Service)
{
    /// <summary>What ends every scope.</summary>
    public const string Terminator = "aws4_request";

    /// <inheritdoc/>
    public override string ToString() => $"{Date}/{Region}/{Service}/{Terminator}";
}

/// <summary>Signature Version 4 (AWS General Reference, "Signing AWS API requests"), each step a pure function.</summary>
internal static class SignatureV4
{
    /// <summary>The algorithm's name in headers and queries.</summary>
    public const string Algorithm = "AWS4-HMAC-SHA256";

    /// <summary>What is said of a signature that is not the right one, whatever makes it wrong.</summary>
    public const string Mismatch =
        "The request signature we calculated does not match the signature you provided. " +
        "Check your AWS Secret Access Key and signing method. Consult the service documentation for details.";

    /// <summary>The payload hash of a presigned S3 request, whose body is not signed.</summary>
    public const string UnsignedPayload = "UNSIGNED-PAYLOAD";

    /// <summary>How a moment is written: <c>20260115T120000Z</c>.</summary>
    public const string TimestampFormat = "yyyyMMdd'T'HHmmss'Z'";

    /// <summary>How a scope's day is written.</summary>
    public const string DateFormat = "yyyyMMdd";

    /// <summary>The request as both sides write it down.</summary>
    /// <param name="request">The request as sent.</param>
    /// <param name="signedHeaders">The names the client signed, in its order.</param>
    /// <param name="payloadHash">Lower-case hex, or <see cref="UnsignedPayload"/>.</param>
    /// <param name="service">S3 takes paths as they are, every other service normalises them.</param>
    public static string CanonicalRequest(
        WireRequest request, IReadOnlyList<string> signedHeaders, string payloadHash, string service)
    {
        var text = new StringBuilder(512)
            .Append(request.Method).Append('\n')
            .Append(service is "s3" ? S3Path(request.Path) : NormalPath(request.Path)).Append('\n')
            .Append(CanonicalQuery(request)).Append('\n');
        foreach (var name in signedHeaders)
        {
            text.Append(name).Append(':').AppendJoin(',', request.Headers[name].Select(Collapse)).Append('\n');
        }

        return text.Append('\n').AppendJoin(';', signedHeaders).Append('\n').Append(payloadHash).ToString();
    }

    /// <summary>What is signed: the moment, the scope and the canonical request's hash.</summary>
    public static string StringToSign(string canonicalRequest, string timestamp, SignatureScope scope)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(canonicalRequest));
        return $"{Algorithm}\n{timestamp}\n{scope}\n{Convert.ToHexStringLower(hash)}";
    }

    /// <summary>The key that signs within one scope.</summary>
    public static byte[] SigningKey(string secret, SignatureScope scope)
    {
        var date = Hmac(Encoding.UTF8.GetBytes("AWS4" + secret), scope.Date);
        var region = Hmac(date, scope.Region);
        var service = Hmac(region, scope.Service);
        return Hmac(service, SignatureScope.Terminator);
    }

    /// <summary>The signature in lower-case hex.</summary>
    public static string Sign(ReadOnlySpan<byte> signingKey, string stringToSign) =>
        Convert.ToHexStringLower(Hmac(signingKey, stringToSign));

    /// <summary>Whether two signatures are equal; takes as long for the first wrong character as for the last.</summary>
    public static bool AreEqual(string signature, string other) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(signature), Encoding.UTF8.GetBytes(other));

    private static byte[] Hmac(ReadOnlySpan<byte> key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));

    // As sent it is encoded once already, though not always as a signer would have: decoding first makes it one form.
    private static string S3Path(string path) => EncodeSegments(Uri.UnescapeDataString(path));

    private static string NormalPath(string path)
    {
        var kept = new List<string>();
        var segments = path.Split('/');
        foreach (var segment in segments)
        {
            if (segment is "..")
            {
                kept.RemoveRange(Math.Max(kept.Count - 1, 0), Math.Min(kept.Count, 1));
            }
            else if (segment is not ("" or "."))
            {
                kept.Add(segment);
            }
        }

        var isFolder = segments[^1] is "" or "." or ".." && kept.Count > 0;
        return EncodeSegments($"/{string.Join('/', kept)}{(isFolder ? "/" : "")}");
    }

    private static string EncodeSegments(string path) =>
        path.Length == 0 ? "/" : Uri.EscapeDataString(path).Replace("%2F", "/", StringComparison.Ordinal);

    private static string CanonicalQuery(WireRequest request)
    {
        if (request.Query.Length == 0)
        {
            return "";
        }

        var pairs = request.Parameters()
            .Where(pair => pair.Key is not "X-Amz-Signature")
            .Select(pair => (Name: Uri.EscapeDataString(pair.Key), Value: Uri.EscapeDataString(pair.Value)))
            .OrderBy(pair => pair.Name, StringComparer.Ordinal)
            .ThenBy(pair => pair.Value, StringComparer.Ordinal);
        return string.Join('&', pairs.Select(pair => $"{pair.Name}={pair.Value}"));
    }

    private static string Collapse(string? value) =>
        value is null ? "" : string.Join(' ', value.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
