using Berth.Registry;
using Berth.Server.Gate;
using Berth.Storage.Blobs;

namespace Berth.Server.Aws.LayerBucket;

/// <summary>
/// Makes URLs from which one layer can be downloaded for an hour. They are signed with a key of the service's own, so they
/// say nothing of who asked, and hold for this method, host and object alone.
/// </summary>
internal sealed class LayerUrls(Keyring keyring, RegistryHosts hosts)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private readonly PresignedUrls urls = new(LayerBucketKey.Id, LayerBucketKey.SecretOf(keyring), LayerBucketKey.Service);

    /// <summary>The URL of a layer, in path style on the name that every client of this server can use.</summary>
    public Uri Sign(Layer layer, DateTimeOffset now)
    {
        var region = layer.Repository.Id.Registry.Region;
        var endpoint = hosts.EndpointOf(hosts.Home);
        var resource = new Uri($"{endpoint}/{BucketAddress.BucketOf(region)}/{LayerObject.Of(layer).Key}");
        return urls.Sign(resource, region, Lifetime, now);
    }
}
