using Berth.Server.Oci;
using Berth.Vocabulary;

namespace Berth.Tests.Oci;

public sealed class AcceptHeaderTests
{
    private const string Docker = MediaType.DockerManifest;
    private const string Oci = MediaType.OciManifest;

    [Fact]
    public void Without_a_header_everything_is_accepted() => Assert.Null(AcceptHeader.ManifestTypes(default));

    [Theory]
    [InlineData(Oci, true, false)]
    [InlineData($"{Oci}, {Docker}", true, true)]
    [InlineData($"{Docker};q=0.5;v=1 ,, {Oci};q=0.1", true, true)]
    [InlineData("*/*", true, true)]
    [InlineData("application/*", true, true)]
    [InlineData($"*/*, {Docker};q=0", true, false)]
    [InlineData($"application/*;q=0.0, {Docker}", false, true)]
    [InlineData("APPLICATION/VND.OCI.IMAGE.MANIFEST.V1+JSON", true, false)]
    [InlineData("text/html", false, false)]
    [InlineData("application/json", false, false)]
    [InlineData(";;q", false, false)]
    [InlineData($"{Oci};q=much", true, false)]
    public void Ranges_weights_and_wildcards_are_read(string header, bool takesOci, bool takesDocker)
    {
        var types = AcceptHeader.ManifestTypes(header)!;

        Assert.Equal((takesOci, takesDocker), (types.Contains(Oci, StringComparer.Ordinal), types.Contains(Docker, StringComparer.Ordinal)));
    }

    [Fact]
    public void Several_headers_are_one_list() =>
        Assert.Equal([Oci, Docker], AcceptHeader.ManifestTypes(new([Docker, Oci])));
}
