using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Berth.Vocabulary;

namespace Berth.Server.Gate;

/// <summary>Reads what a request says of its signature, from its headers or from its query. Texts are AWS's.</summary>
internal static class SignatureReader
{
    private const int MostHeaders = 100;
    private const int LongestLifetime = 604_800;

    private static readonly string[] HeaderParameters = ["Credential", "Signature", "SignedHeaders"];

    private static readonly string[] QueryParameters =
        ["X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Signature", "X-Amz-SignedHeaders", "X-Amz-Date", "X-Amz-Expires"];

    /// <summary>Reads the claim; what is missing or malformed is the fault <see cref="NotAuthenticated"/>.</summary>
    public static SignatureClaim Read(WireRequest request)
    {
        var query = QueryParts(request);
        var isPresigned = query.ContainsKey("X-Amz-Algorithm") || query.ContainsKey("X-Amz-Signature");
        var claim = (request.Header("Authorization"), isPresigned) switch
        {
            (null, false) => throw Failure(AuthenticationFailure.Missing, "Missing Authentication Token"),
            (null, true) => FromQuery(query),
            ({ } header, false) => FromHeader(request, header),
            _ => throw Malformed("Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter or the Authorization header should be specified"),
        };
        RefuseUnsigned(request, claim.SignedHeaders);
        return claim;
    }

    private static SignatureClaim FromHeader(WireRequest request, string header)
    {
        var parts = HeaderParts(header);
        var timestamp = TimestampOf(request);
        string[] missing =
        [
            .. HeaderParameters
                .Where(name => !parts.ContainsKey(name))
                .Select(name => $"Authorization header requires '{name}' parameter. "),
            .. timestamp is null ? ["Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. "] : Array.Empty<string>(),
        ];
        if (missing.Length > 0)
        {
            throw Malformed($"{string.Concat(missing)}(Hashed with SHA-256 and encoded with Base64) Authorization={Hash(header)}");
        }

        return Claim(parts["Credential"], timestamp!, parts["SignedHeaders"], parts["Signature"]) with
        {
            SessionToken = request.Header("X-Amz-Security-Token"),
        };
    }

    private static SignatureClaim FromQuery(Dictionary<string, string> query)
    {
        if (QueryParameters.Where(name => !query.ContainsKey(name)).ToArray() is { Length: > 0 } missing)
        {
            throw Malformed($"{string.Concat(missing.Select(name => $"AWS query-string parameters must include '{name}'. "))}Re-examine the query-string parameters.");
        }

        if (query["X-Amz-Algorithm"] is not SignatureV4.Algorithm and var algorithm)
        {
            throw Malformed($"Unsupported AWS 'algorithm': '{algorithm}'.");
        }

        if (!int.TryParse(query["X-Amz-Expires"], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || seconds is < 1 or > LongestLifetime)
        {
            throw Malformed($"X-Amz-Expires must be a number of seconds between 1 and {LongestLifetime}");
        }

        return Claim(query["X-Amz-Credential"], query["X-Amz-Date"], query["X-Amz-SignedHeaders"], query["X-Amz-Signature"]) with
        {
            Lifetime = TimeSpan.FromSeconds(seconds),
            SessionToken = query.GetValueOrDefault("X-Amz-Security-Token"),
        };
    }

    private static SignatureClaim Claim(string credential, string timestamp, string signedHeaders, string signature)
    {
        if (credential.Split('/') is not [var key, var date, var region, var service, var terminator])
        {
            throw Malformed($"Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '{credential}'.");
        }

        if (!DateTimeOffset.TryParseExact(timestamp, SignatureV4.TimestampFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
        {
            throw Malformed($"Date must be in ISO-8601 'basic format'. Got '{timestamp}'. See http://en.wikipedia.org/wiki/ISO_8601");
        }

        if (terminator is not SignatureScope.Terminator)
        {
            throw Wrong($"Credential should be scoped with a valid terminator: '{SignatureScope.Terminator}', not '{terminator}'.");
        }

        if (timestamp[..SignatureV4.DateFormat.Length] is var day && !string.Equals(day, date, StringComparison.Ordinal))
        {
            throw Wrong($"Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '{date}' != '{day}', from '{timestamp}'.");
        }

        return new(key, new(date, region, service), timestamp, signedHeaders.Split(';', MostHeaders), signature);
    }

    // What names the host, the operation, the moment or the body may not be changed on the way.
    private static void RefuseUnsigned(WireRequest request, IReadOnlyList<string> signed)
    {
        if (!signed.Contains("host", StringComparer.Ordinal))
        {
            throw Wrong("'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
        }

        var unsigned = request.Headers.Keys.FirstOrDefault(name =>
            name.StartsWith("x-amz-", StringComparison.OrdinalIgnoreCase) && !signed.Contains(name, StringComparer.OrdinalIgnoreCase));
        if (unsigned is not null)
        {
            throw Wrong($"'{unsigned}' must be a 'SignedHeader' in the AWS Authorization.");
        }
    }

    private static Dictionary<string, string> HeaderParts(string header)
    {
        var text = header.Trim();
        if (text.Length == 0)
        {
            throw Malformed("Authorization header cannot be empty.");
        }

        var parts = new Dictionary<string, string>(StringComparer.Ordinal);
        var list = text.StartsWith(SignatureV4.Algorithm + " ", StringComparison.Ordinal) ? text[SignatureV4.Algorithm.Length..] : text;
        foreach (var part in list.Split(',', StringSplitOptions.TrimEntries))
        {
            if (part.Split('=', 2) is not [var name, var value])
            {
                throw Malformed($"Invalid key=value pair (missing equal-sign) in Authorization header (hashed with SHA-256 and encoded with Base64): '{Hash(header)}'.");
            }

            parts[name] = value;
        }

        return parts;
    }

    private static Dictionary<string, string> QueryParts(WireRequest request)
    {
        var parts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in request.Parameters())
        {
            if (name.StartsWith("X-Amz-", StringComparison.Ordinal))
            {
                parts[name] = value;
            }
        }

        return parts;
    }

    private static string? TimestampOf(WireRequest request) =>
        request.Header("X-Amz-Date")
        ?? (DateTimeOffset.TryParseExact(request.Header("Date"), "R", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)
            ? date.ToString(SignatureV4.TimestampFormat, CultureInfo.InvariantCulture)
            : null);

    private static string Hash(string header) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(header)));

    private static FaultException Malformed(string message) => Failure(AuthenticationFailure.Malformed, message);

    private static FaultException Wrong(string message) => Failure(AuthenticationFailure.Signature, message);

    private static FaultException Failure(AuthenticationFailure reason, string message) =>
        new NotAuthenticated(reason, message).AsException();
}
