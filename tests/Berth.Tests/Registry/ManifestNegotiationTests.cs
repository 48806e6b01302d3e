using System.Text;
using Berth.Registry;
using Berth.Vocabulary;
using FsCheck;
using FsCheck.Fluent;

namespace Berth.Tests.Registry;

public sealed class ManifestNegotiationTests
{
    private static readonly string[] LayerTypes =
    [
        "application/vnd.docker.image.rootfs.diff.tar", "application/vnd.docker.image.rootfs.diff.tar.gzip",
        "application/vnd.docker.image.rootfs.foreign.diff.tar", "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip",
    ];

    private static readonly StoredManifest Docker = Image(
        MediaType.DockerManifest, MediaType.DockerConfig, "application/vnd.docker.image.rootfs.diff.tar.gzip");

    [Fact]
    public void What_is_accepted_is_given_as_it_is_stored()
    {
        Assert.Same(Docker, ManifestNegotiation.Choose(Docker, acceptedTypes: null, byTag: true));
        Assert.Same(Docker, ManifestNegotiation.Choose(Docker, [MediaType.OciManifest, MediaType.DockerManifest], byTag: true));
    }

    [Fact]
    public void What_is_not_accepted_is_converted()
    {
        var converted = ManifestNegotiation.Choose(Docker, [MediaType.OciIndex, MediaType.OciManifest], byTag: true);

        Assert.Equal(MediaType.OciManifest, converted?.MediaType);
        Assert.Equal(
            Text(Image(MediaType.OciManifest, MediaType.OciConfig, "application/vnd.oci.image.layer.v1.tar+gzip")), Text(converted!));
        Assert.Equal(Digest.Sha256Of(converted!.Content.Span), converted.Digest);
    }

    [Fact]
    public void By_digest_nothing_is_converted() =>
        Assert.Null(ManifestNegotiation.Choose(Docker, [MediaType.OciManifest], byTag: false));

    [Fact]
    public void Without_an_acceptable_form_there_is_none() =>
        Assert.Null(ManifestNegotiation.Choose(Docker, [MediaType.OciIndex], byTag: true));

    [Theory]
    [InlineData("application/vnd.oci.image.layer.v1.tar+zstd", MediaType.OciConfig, "")]
    [InlineData("application/vnd.oci.image.layer.v1.tar", "application/vnd.cncf.helm.config.v1+json", "")]
    [InlineData("application/vnd.oci.image.layer.v1.tar", MediaType.OciConfig, ",\"artifactType\":\"application/vnd.example\"")]
    [InlineData("application/vnd.oci.image.layer.v1.tar", MediaType.OciConfig, ",\"subject\":{\"size\":1}")]
    [InlineData("application/vnd.docker.image.rootfs.diff.tar", MediaType.OciConfig, "")]
    public void What_the_other_vocabulary_has_no_word_for_stays(string layer, string config, string more) =>
        Assert.Null(ManifestConversion.Convert(Image(MediaType.OciManifest, config, layer, more)));

    [Fact]
    public void An_index_stays() =>
        Assert.Null(ManifestConversion.Convert(Stored(MediaType.OciIndex, "{\"schemaVersion\":2,\"manifests\":[]}")));

    [Fact]
    public void A_manifest_that_does_not_name_its_type_does_so_afterwards()
    {
        var stored = Stored(MediaType.OciManifest, $$"""{ "schemaVersion":2,"config":{"mediaType":"{{MediaType.OciConfig}}"},"layers":[]}""");

        Assert.Equal(
            $$"""{"mediaType":"{{MediaType.DockerManifest}}", "schemaVersion":2,"config":{"mediaType":"{{MediaType.DockerConfig}}"},"layers":[]}""",
            Text(ManifestConversion.Convert(stored)!));
    }

    [Fact]
    public void Only_the_media_types_of_descriptors_change()
    {
        const string more = """,  "annotations":{"mediaType":"application/vnd.docker.container.image.v1+json","\ud800":"é"}, "x":[{"mediaType":1.50}]""";

        var converted = ManifestConversion.Convert(Image(MediaType.DockerManifest, MediaType.DockerConfig, LayerTypes[0], more));

        Assert.EndsWith(more + " }", Text(converted!), StringComparison.Ordinal);
    }

    [Fact]
    public void A_round_trip_gives_back_every_byte() => Check.QuickThrowOnFailure(Prop.ForAll(
        Gen.Elements(LayerTypes).ArrayOf().Zip(Gen.Elements("", " ", "\n\t")).ToArbitrary(),
        sample =>
        {
            var layers = string.Join(',', sample.Item1.Select(type => $"{{\"size\":1,{sample.Item2}\"mediaType\":\"{type}\"}}"));
            var stored = Stored(
                MediaType.DockerManifest,
                $$"""{{{sample.Item2}}"mediaType":"{{MediaType.DockerManifest}}","layers":[{{layers}}],"config":{"mediaType":"{{MediaType.DockerConfig}}"} }""");

            var there = ManifestConversion.Convert(stored)!;
            var back = ManifestConversion.Convert(there)!;

            return there.Digest != stored.Digest && back.Digest == stored.Digest && back.Content.Span.SequenceEqual(stored.Content.Span)
                && ManifestConversion.Convert(stored)!.Digest == there.Digest;
        }));

    private static StoredManifest Image(string type, string config, string layer, string more = "") => Stored(
        type,
        $$"""
        {"schemaVersion": 2, "mediaType": "{{type}}",
          "config": {"mediaType": "{{config}}", "size": 7, "digest": "sha256:b5b2b2c507a0944348e0303114d8d93aaaa081732b86451d9bce1f432a537bc7"},
          "layers": [{"size": 3, "mediaType": "{{layer}}", "urls": ["https://example.test/mediaType"]}]{{more}} }
        """);

    private static StoredManifest Stored(string type, string text) =>
        new(Digest.Sha256Of(Encoding.UTF8.GetBytes(text)), type, Encoding.UTF8.GetBytes(text));

    private static string Text(StoredManifest manifest) => Encoding.UTF8.GetString(manifest.Content.Span);
}
