using Berth.Vocabulary;

namespace Berth.Server.Gate.LayerBucket;

/// <summary>What a request to the layer bucket of a Region asks for.</summary>
/// <param name="Region">The Region whose bucket is meant.</param>
/// <param name="Key">The object's key.</param>
internal sealed record BucketAddress(RegionName Region, string Key)
{
    private const string Prefix = "prod-";
    private const string Suffix = "-starport-layer-bucket";

    /// <summary>The bucket's name.</summary>
    public string Bucket => BucketOf(Region);

    /// <summary>The name of a Region's layer bucket.</summary>
    public static string BucketOf(RegionName region) => $"{Prefix}{region}{Suffix}";

    /// <summary>
    /// The address in a request, as S3 has them: the bucket is the first label of the host name, under whatever suffix, or
    /// the first segment of the path. Null when the request is for no layer bucket.
    /// </summary>
    public static BucketAddress? Find(HttpRequest http)
    {
        var path = (http.Path.Value ?? "").TrimStart('/');
        if (RegionOf(http.Host.Host.Split('.', 2)[0]) is { } named)
        {
            return new(named, path);
        }

        var parts = path.Split('/', 2);
        return RegionOf(parts[0]) is { } region ? new(region, parts is [_, var key] ? key : "") : null;
    }

    private static RegionName? RegionOf(string bucket) =>
        bucket.Length > Prefix.Length + Suffix.Length
        && bucket.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)
        && bucket.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase)
        && RegionName.TryParse(bucket[Prefix.Length..^Suffix.Length], out var region)
            ? region
            : null;
}
