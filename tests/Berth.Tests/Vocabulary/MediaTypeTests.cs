using Berth.Vocabulary;

namespace Berth.Tests.Vocabulary;

public sealed class MediaTypeTests
{
    [Theory]
    [InlineData("application/vnd.docker.image.rootfs.foreign.diff.tar")]
    [InlineData("application/vnd.docker.image.rootfs.foreign.diff.tar.gzip")]
    [InlineData("application/vnd.oci.image.layer.nondistributable.v1.tar")]
    [InlineData("application/vnd.oci.image.layer.nondistributable.v1.tar+gzip")]
    [InlineData("application/vnd.oci.image.layer.nondistributable.v1.tar+zstd")]
    public void A_foreign_layer_is_never_demanded(string type) => Assert.True(MediaType.IsForeignLayer(type));

    [Theory]
    [InlineData("application/vnd.docker.image.rootfs.diff.tar.gzip")]
    [InlineData("application/vnd.oci.image.layer.v1.tar")]
    [InlineData("application/vnd.oci.image.layer.v1.tar+gzip")]
    [InlineData("Application/vnd.docker.image.rootfs.foreign.diff.tar.gzip")]
    [InlineData("application/vnd.docker.image.rootfs.foreign.diff.tar.zstd")]
    [InlineData("application/octet-stream")]
    [InlineData("")]
    public void Every_other_layer_is(string type) => Assert.False(MediaType.IsForeignLayer(type));

    [Theory]
    [InlineData(MediaType.OciIndex, true)]
    [InlineData(MediaType.DockerManifestList, true)]
    [InlineData(MediaType.OciManifest, false)]
    [InlineData(MediaType.DockerManifest, false)]
    [InlineData(MediaType.DockerSchema1, false)]
    public void An_index_lists_manifests(string type, bool isIndex) => Assert.Equal(isIndex, MediaType.IsIndex(type));
}
