using System.Text;
using Berth.Vocabulary;
using static Berth.Tests.Vocabulary.ManifestJson;

namespace Berth.Tests.Vocabulary;

public sealed class ManifestTests
{
    [Theory]
    [InlineData(MediaType.OciManifest)]
    [InlineData(MediaType.DockerManifest)]
    public void An_image_is_read_with_its_config_and_its_layers_in_order(string type)
    {
        var next = Layer.Replace(":7", ":8", StringComparison.Ordinal);

        var manifest = Read($$"""{"schemaVersion":2,"mediaType":"{{type}}","config":{{Configuration}},"layers":[{{Layer}},{{next}}]}""", declaredType: null);

        Assert.Equal(type, manifest.MediaType);
        Assert.False(manifest.IsIndex);
        Assert.Equal(new(MediaType.OciConfig, Digest.Parse(Address), 2), manifest.Config);
        Assert.Equal([7, 8], manifest.Layers.Select(layer => layer.Size));
        Assert.Empty(manifest.Manifests);
    }

    [Theory]
    [InlineData(MediaType.OciIndex)]
    [InlineData(MediaType.DockerManifestList)]
    public void An_index_is_read_with_its_manifests(string type)
    {
        var manifest = Read($$"""{"schemaVersion":2,"mediaType":"{{type}}","manifests":[{{Child}}]}""", declaredType: null);

        Assert.True(manifest.IsIndex);
        Assert.Null(manifest.Config);
        Assert.Equal([new(MediaType.OciManifest, Digest.Parse(Address), 9)], manifest.Manifests);
    }

    [Fact]
    public void Subject_artifact_type_and_annotations_are_read()
    {
        var manifest = Read(Image(
            $$""" "artifactType":"application/vnd.example.sbom","subject":{{Child}},"annotations":{"a":"1","b":"\u00e4"} """));

        Assert.Equal(Digest.Parse(Address), manifest.Subject);
        Assert.Equal("application/vnd.example.sbom", manifest.EffectiveArtifactType);
        Assert.Equal("""{"a":"1","b":"\u00e4"}""", manifest.Annotations);
    }

    [Theory]
    [InlineData("\"artifactType\":\"\"")]
    [InlineData("\"artifactType\":null")]
    [InlineData("\"x\":0")]
    public void An_artifact_that_does_not_name_its_type_has_that_of_its_config(string member) =>
        Assert.Equal(MediaType.OciConfig, Read(Image(member)).EffectiveArtifactType);

    [Theory]
    [InlineData("\"layers\":null")]
    [InlineData("\"layers\":[]")]
    [InlineData("\"mediaType\":null")]
    [InlineData("\"subject\":null,\"annotations\":null")]
    [InlineData("\"x\":{\"layers\":[1,null,{\"manifests\":{}}]},\"Layers\":5,\"\":[]")]
    [InlineData("\"x\":\"\\ud800\"")]
    [InlineData("\r\n\t \"x\" : 1e999 \n")]
    public void An_image_without_layers_is_accepted_whatever_else_it_holds(string members)
    {
        var manifest = Read(Image(members));

        Assert.NotNull(manifest.Config);
        Assert.Empty(manifest.Layers);
        Assert.Null(manifest.Subject);
        Assert.Null(manifest.Annotations);
    }

    [Fact]
    public void A_name_may_be_written_in_escapes() =>
        Assert.Single(Read(Image($"\"l\\u0061yers\":[{Layer}]")).Layers);

    [Theory]
    [InlineData("""{"schemaVersion":2,"manifests":[]}""")]
    [InlineData("""{"schemaVersion":2,"manifests":null}""")]
    public void An_index_may_be_empty(string json) => Assert.Empty(Read(json, MediaType.OciIndex).Manifests);

    [Theory]
    [InlineData(0)]
    [InlineData(long.MaxValue)]
    public void A_layer_may_have_any_size(long size) =>
        Assert.Equal(size, Assert.Single(Read(Image($"\"layers\":[{Layer.Replace(":7", $":{size}", StringComparison.Ordinal)}]")).Layers).Size);

    [Fact]
    public void A_layer_may_be_addressed_by_SHA_512()
    {
        var address = $"sha512:{new string('a', 128)}";

        Assert.Equal(address, Assert.Single(Read(Image($"\"layers\":[{Layer.Replace(Address, address, StringComparison.Ordinal)}]")).Layers).Digest.ToString());
    }

    [Fact]
    public void A_document_that_does_not_name_its_type_has_that_of_the_request() =>
        Assert.Equal(MediaType.DockerManifest, Read(Image("\"x\":0"), MediaType.DockerManifest).MediaType);

    [Fact]
    public void Exactly_4_MiB_are_read() => Assert.NotNull(Manifest.Parse(OfLength(4 * 1024 * 1024), MediaType.OciManifest).Config);

    [Fact]
    public void One_byte_more_is_refused() => Assert.Equal(
        new ManifestTooLarge(4 * 1024 * 1024), Refusals.Of(() => Manifest.Parse(OfLength((4 * 1024 * 1024) + 1), MediaType.OciManifest)));

    private static byte[] OfLength(int length) => Encoding.UTF8.GetBytes(Image("\"x\":0").PadRight(length));
}
