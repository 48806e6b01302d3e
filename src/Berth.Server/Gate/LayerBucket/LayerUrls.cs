using System.Globalization;
using Berth.Registry;
using Berth.Storage.Blobs;
using Berth.Vocabulary;

namespace Berth.Server.Gate.LayerBucket;

/// <summary>
/// Makes URLs from which one layer can be downloaded for an hour. They are signed with a key of the service's own, so they
/// say nothing of who asked, and hold for this method, host and object alone.
/// </summary>
/// <param name="keyring">Which every node has the same of.</param>
/// <param name="hosts">The names that registries go by.</param>
/// <param name="bucketHost">
/// The bucket's own name, with its port if it needs one, <c>{bucket}</c> and <c>{region}</c> standing for the layer's; null for the path
/// style on a name that the client is known to reach.
/// </param>
internal sealed class LayerUrls(Keyring keyring, RegistryHosts hosts, string? bucketHost)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);
    private static readonly string[] SignedHeaders = ["host"];

    private readonly string secret = LayerBucketKey.SecretOf(keyring);

    /// <summary>The URL of a layer, on a name that every client of this server can use.</summary>
    public Uri Sign(Layer layer, DateTimeOffset now) => Sign(layer, hosts.EndpointOf(hosts.Home), now);

    /// <summary>The URL of a layer for a client that came by a name, scheme and port of its own.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="endpoint">Where the client came to, such as <c>https://registry.example</c>.</param>
    /// <param name="now">When it begins to hold.</param>
    public Uri Sign(Layer layer, string endpoint, DateTimeOffset now)
    {
        var region = layer.Repository.Id.Registry.Region;
        var bucket = BucketAddress.BucketOf(region);
        var place = bucketHost is null ? $"{endpoint}/{bucket}" : $"{hosts.Scheme}://{HostOf(bucketHost, bucket, region)}";
        return Sign(new Uri($"{place}/{LayerObject.Of(layer).Key}"), region, now);
    }

    /// <summary>The bucket's own name in a Region.</summary>
    public static string HostOf(string template, string bucket, RegionName region) => template
        .Replace("{bucket}", bucket, StringComparison.Ordinal)
        .Replace("{region}", region.ToString(), StringComparison.Ordinal);

    private Uri Sign(Uri resource, RegionName region, DateTimeOffset now)
    {
        var timestamp = now.UtcDateTime.ToString(SignatureV4.TimestampFormat, CultureInfo.InvariantCulture);
        var scope = new SignatureScope(timestamp[..SignatureV4.DateFormat.Length], region.ToString(), LayerBucketKey.Service);
        var query = string.Join(
            '&',
            $"X-Amz-Algorithm={SignatureV4.Algorithm}",
            $"X-Amz-Credential={Uri.EscapeDataString($"{LayerBucketKey.Id}/{scope}")}",
            $"X-Amz-Date={timestamp}",
            $"X-Amz-Expires={(int)Lifetime.TotalSeconds}",
            $"X-Amz-SignedHeaders={SignedHeaders[0]}");
        var headers = new HeaderDictionary { [SignedHeaders[0]] = resource.Authority };
        var canonical = SignatureV4.CanonicalRequest(
            new("GET", resource.AbsolutePath, query, headers), SignedHeaders, SignatureV4.UnsignedPayload, LayerBucketKey.Service);
        var signature = SignatureV4.Sign(SignatureV4.SigningKey(secret, scope), SignatureV4.StringToSign(canonical, timestamp, scope));
        return new($"{resource}?{query}&X-Amz-Signature={signature}");
    }
}
