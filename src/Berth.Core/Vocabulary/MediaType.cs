namespace Berth.Vocabulary;

/// <summary>The media types a registry must know by name (OCI image specification, Docker image manifest v2 schema 2).</summary>
public static class MediaType
{
    /// <summary>An OCI image manifest.</summary>
    public const string OciManifest = "application/vnd.oci.image.manifest.v1+json";

    /// <summary>An OCI image index.</summary>
    public const string OciIndex = "application/vnd.oci.image.index.v1+json";

    /// <summary>A Docker image manifest, version 2, schema 2.</summary>
    public const string DockerManifest = "application/vnd.docker.distribution.manifest.v2+json";

    /// <summary>A Docker manifest list.</summary>
    public const string DockerManifestList = "application/vnd.docker.distribution.manifest.list.v2+json";

    /// <summary>A Docker manifest of schema 1, unsigned; refused.</summary>
    public const string DockerSchema1 = "application/vnd.docker.distribution.manifest.v1+json";

    /// <summary>A Docker manifest of schema 1, signed; refused.</summary>
    public const string DockerSchema1Signed = "application/vnd.docker.distribution.manifest.v1+prettyjws";

    /// <summary>The configuration of an OCI image.</summary>
    public const string OciConfig = "application/vnd.oci.image.config.v1+json";

    /// <summary>The configuration of a Docker image.</summary>
    public const string DockerConfig = "application/vnd.docker.container.image.v1+json";

    /// <summary>The empty JSON object that artifacts use as their configuration (OCI image specification 1.1).</summary>
    public const string OciEmpty = "application/vnd.oci.empty.v1+json";

    /// <summary>Bytes of no stated kind; what a blob is served as.</summary>
    public const string OctetStream = "application/octet-stream";

    /// <summary>Whether a manifest of this type lists manifests rather than layers.</summary>
    public static bool IsIndex(string type) => type is OciIndex or DockerManifestList;

    /// <summary>
    /// Whether a layer of this type is never demanded at a push: Docker's foreign layers and OCI's
    /// non-distributable ones, which clients leave where their <c>urls</c> point.
    /// </summary>
    public static bool IsForeignLayer(string type) =>
        type is "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip"
            or "application/vnd.docker.image.rootfs.foreign.diff.tar"
        || type.StartsWith("application/vnd.oci.image.layer.nondistributable.v1.tar", StringComparison.Ordinal);
}
