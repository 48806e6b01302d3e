using Berth.Storage.Blobs;

namespace Berth.Server.Gate.LayerBucket;

/// <summary>The access key that layer URLs are signed with. It is nobody's: no other request can be signed with it.</summary>
internal static class LayerBucketKey
{
    /// <summary>What stands in URLs; has the form of a temporary key, as in ECR's.</summary>
    public const string Id = "ASIABERTHLAYERBUCKET";

    /// <summary>What the URLs are signed for.</summary>
    public const string Service = "s3";

    /// <summary>The secret, which every node that has the keyring derives alike.</summary>
    public static string SecretOf(Keyring keyring) => Convert.ToBase64String(keyring.Derive("layer-bucket"));
}
