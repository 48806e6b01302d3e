using System.Text.RegularExpressions;

namespace Berth.Server.Aws.TemplateBuckets;

/// <summary>What a request to the upload area is about, read as S3 does (Amazon S3 User Guide, "Virtual hosting of buckets").</summary>
/// <param name="Bucket">The bucket; empty for all of them.</param>
/// <param name="Key">The key; empty for the bucket itself.</param>
internal sealed partial record UploadAddress(string Bucket, string Key)
{
    /// <summary>The ARN of the bucket, or of the object in it.</summary>
    public string Arn => Bucket.Length == 0 ? "*" : Key.Length == 0 ? $"arn:aws:s3:::{Bucket}" : $"arn:aws:s3:::{Bucket}/{Key}";

    /// <summary>The address: the bucket is what stands before <c>.s3.</c> in the host name, or the first segment of the path.</summary>
    public static UploadAddress Of(HttpRequest http)
    {
        var path = (http.Path.Value ?? "").TrimStart('/');
        if (Virtual().Match(http.Host.Host) is { Success: true } host)
        {
            return new(host.Groups["bucket"].Value, path);
        }

        var slash = path.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? new(path, "") : new(path[..slash], path[(slash + 1)..]);
    }

    /// <summary>
    /// Whether a request was signed for S3: nothing else tells it from other requests. One whose bucket is a layer bucket goes there.
    /// </summary>
    public static bool IsMeantBy(HttpRequest http) =>
        http.Headers.Authorization is [{ } header, ..] && Scope().IsMatch(header);

    [GeneratedRegex(@"\A(?<bucket>[a-z0-9][a-z0-9.-]{1,61}[a-z0-9])\.s3[.-]", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Virtual();

    [GeneratedRegex(@"\AAWS4-HMAC-SHA256 .{0,300}/s3/aws4_request", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Scope();
}
