using System.Globalization;
using Berth.Registry;
using Berth.Server.Gate;
using Berth.Storage.Blobs;
using Berth.Vocabulary;

namespace Berth.Server.Aws.LayerBucket;

/// <summary>
/// Makes URLs from which one layer can be downloaded for an hour. They are signed with a key of the service's own, so they
/// say nothing of who asked, and hold for this method, host and object alone.
/// </summary>
internal sealed class LayerUrls(Keyring keyring, RegistryHosts hosts)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);
    private static readonly string[] SignedHeaders = ["host"];

    private readonly string secret = LayerBucketKey.SecretOf(keyring);

    /// <summary>The URL of a layer, in path style on the name that every client of this server can use.</summary>
    public Uri Sign(Layer layer, DateTimeOffset now)
    {
        var region = layer.Repository.Id.Registry.Region;
        var endpoint = hosts.EndpointOf(hosts.Home);
        return Sign(new($"{endpoint}/{BucketAddress.BucketOf(region)}/{LayerObject.Of(layer).Key}"), region, now);
    }

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
