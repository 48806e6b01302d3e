using System.Globalization;
using Berth.Server.Gate;
using Berth.Server.Gate.LayerBucket;
using Berth.Vocabulary;

namespace Berth.Server.Aws.LayerBucket;

/// <summary>Reads the signature in a URL's query as S3 does, with S3's errors.</summary>
internal static class PresignedQuery
{
    private const int LongestLifetime = 604_800;
    private const int MostHeaders = 100;

    private static readonly string[] Needed =
        ["X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Signature", "X-Amz-Date", "X-Amz-SignedHeaders", "X-Amz-Expires"];

    /// <summary>What the query says of its signature, or what is wrong with it: one of the two is null.</summary>
    public static (SignatureClaim? Claim, S3Error? Error) Read(WireRequest request, RegionName region)
    {
        var query = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in request.Parameters())
        {
            query.TryAdd(name, value);
        }

        return Needed.Any(query.ContainsKey)
            ? FindFlaw(query, region) is { } flaw ? (null, S3Error.BadQuery(flaw)) : (ClaimOf(query), null)
            : (null, S3Error.Unsigned);
    }

    private static string? FindFlaw(Dictionary<string, string> query, RegionName region)
    {
        if (!Needed.All(query.ContainsKey))
        {
            return "Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, "
                + "X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.";
        }

        if (query["X-Amz-Algorithm"] is not SignatureV4.Algorithm)
        {
            return "X-Amz-Algorithm only supports \"AWS4-HMAC-SHA256\"";
        }

        if (!DateTimeOffset.TryParseExact(
            query["X-Amz-Date"], SignatureV4.TimestampFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
        {
            return "X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"";
        }

        return FindFlawInLifetime(query["X-Amz-Expires"]) ?? FindFlawInCredential(query["X-Amz-Credential"], query["X-Amz-Date"], region);
    }

    private static string? FindFlawInLifetime(string text)
    {
        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds))
        {
            return "X-Amz-Expires should be a number";
        }

        return seconds switch
        {
            < 0 => "X-Amz-Expires must be non-negative",
            > LongestLifetime => $"X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than {LongestLifetime} seconds",
            _ => null,
        };
    }

    private static string? FindFlawInCredential(string credential, string timestamp, RegionName region)
    {
        const string Malformed = "Error parsing the X-Amz-Credential parameter; ";
        if (credential.Split('/') is not [_, var date, var scopeRegion, var service, SignatureScope.Terminator])
        {
            return Malformed + "the Credential is mal-formed; expecting \"<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request\".";
        }

        if (!timestamp.StartsWith(date, StringComparison.Ordinal) || date.Length != SignatureV4.DateFormat.Length)
        {
            return $"{Malformed}incorrect date format \"{date}\". This date in the credential must be in the format \"yyyyMMdd\".";
        }

        if (!string.Equals(scopeRegion, region.ToString(), StringComparison.Ordinal))
        {
            return $"{Malformed}the region '{scopeRegion}' is wrong; expecting '{region}'";
        }

        return service is LayerBucketKey.Service
            ? null
            : $"{Malformed}incorrect service \"{service}\". This endpoint belongs to \"{LayerBucketKey.Service}\".";
    }

    private static SignatureClaim ClaimOf(Dictionary<string, string> query)
    {
        var credential = query["X-Amz-Credential"].Split('/');
        return new(
            credential[0],
            new(credential[1], credential[2], credential[3]),
            query["X-Amz-Date"],
            query["X-Amz-SignedHeaders"].Split(';', MostHeaders),
            query["X-Amz-Signature"])
        {
            Lifetime = TimeSpan.FromSeconds(int.Parse(query["X-Amz-Expires"], CultureInfo.InvariantCulture)),
        };
    }
}
