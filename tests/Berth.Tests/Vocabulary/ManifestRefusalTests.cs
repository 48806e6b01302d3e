using System.Text;
using Berth.Vocabulary;
using static Berth.Tests.Vocabulary.ManifestJson;

namespace Berth.Tests.Vocabulary;

public sealed class ManifestRefusalTests
{
    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("{")]
    [InlineData("not JSON")]
    [InlineData("{}{}")]
    [InlineData("{\"schemaVersion\":2,}")]
    [InlineData("/* a comment */ {}")]
    [InlineData("{'schemaVersion':2}")]
    [InlineData("{\"schemaVersion\":02}")]
    [InlineData("\ufeff{}")]
    public void What_is_no_JSON_is_refused(string text) => Assert.IsType<ManifestInvalid>(Refusal(text));

    [Theory]
    [InlineData("null")]
    [InlineData("2")]
    [InlineData("\"text\"")]
    [InlineData("[]")]
    [InlineData("[{\"schemaVersion\":2}]")]
    public void What_is_no_object_is_refused(string json) =>
        Assert.Equal(new ManifestInvalid("the document is not an object"), Refusal(json));

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"schemaVersion\":null}")]
    [InlineData("{\"schemaVersion\":1}")]
    [InlineData("{\"schemaVersion\":3}")]
    [InlineData("{\"schemaVersion\":2.5}")]
    [InlineData("{\"schemaVersion\":\"2\"}")]
    [InlineData("{\"schemaVersion\":[2]}")]
    [InlineData("{\"schemaVersion\":4294967298}")]
    [InlineData("{\"schemaVersion\":1e999999999}")]
    public void Another_schema_version_is_refused(string json) =>
        Assert.Equal(new ManifestInvalid("schemaVersion is not 2"), Refusal(json));

    [Fact]
    public void A_document_of_no_type_is_refused() => Assert.Equal(
        new ManifestInvalid("neither the document nor the request says what it is"), Refusal(Image("\"x\":0"), declaredType: null));

    [Theory]
    [InlineData(MediaType.OciIndex)]
    [InlineData(MediaType.DockerManifest)]
    [InlineData("APPLICATION/vnd.oci.image.manifest.v1+json")]
    [InlineData("")]
    public void A_document_of_another_type_than_the_request_says_is_refused(string own) => Assert.Equal(
        new ManifestInvalid($"the document says it is '{own}', the request '{MediaType.OciManifest}'"), Refusal(Image($"\"mediaType\":\"{own}\"")));

    [Theory]
    [InlineData(MediaType.DockerSchema1)]
    [InlineData(MediaType.DockerSchema1Signed)]
    [InlineData("application/json")]
    [InlineData("")]
    public void A_type_that_is_not_stored_is_refused(string type)
    {
        Assert.Equal(new ManifestTypeUnsupported(type), Refusal("{\"schemaVersion\":1}", type));
        Assert.Equal(new ManifestTypeUnsupported(type), Refusal(Image($"\"mediaType\":\"{type}\""), declaredType: null));
    }

    [Theory]
    [InlineData("\"manifests\":[]")]
    [InlineData("\"manifests\":null")]
    public void An_image_that_lists_manifests_is_refused(string member) =>
        Assert.Equal(new ManifestInvalid("an image manifest lists no manifests"), Refusal(Image(member)));

    [Theory]
    [InlineData($"\"config\":{Configuration}")]
    [InlineData("\"config\":null")]
    [InlineData("\"layers\":[]")]
    public void An_index_with_config_or_layers_is_refused(string member) => Assert.Equal(
        new ManifestInvalid("an index has neither config nor layers"),
        Refusal($$"""{"schemaVersion":2,"manifests":[],{{member}}}""", MediaType.OciIndex));

    [Fact]
    public void An_index_without_manifests_is_refused() =>
        Assert.Equal(new ManifestInvalid("manifests is missing"), Refusal("{\"schemaVersion\":2}", MediaType.DockerManifestList));

    [Fact]
    public void An_image_without_config_is_refused() =>
        Assert.Equal(new ManifestInvalid("config is missing"), Refusal("{\"schemaVersion\":2,\"layers\":[]}"));

    [Theory]
    [InlineData("{}")]
    [InlineData("\"text\"")]
    [InlineData("0")]
    [InlineData("false")]
    public void Layers_that_are_no_list_are_refused(string value) =>
        Assert.Equal(new ManifestInvalid("layers is not a list"), Refusal(Image($"\"layers\":{value}")));

    public static TheoryData<string> NoDescriptors() =>
    [
        "null",
        "[]",
        "{}",
        $"\"{Address}\"",
        Layer.Replace("\"mediaType\"", "\"mediatype\"", StringComparison.Ordinal),
        Layer.Replace("\"application/vnd.oci.image.layer.v1.tar\"", "\"\"", StringComparison.Ordinal),
        Layer.Replace("\"digest\"", "\"Digest\"", StringComparison.Ordinal),
        Layer.Replace("sha256:", "SHA256:", StringComparison.Ordinal),
        Layer.Replace("sha256:", "", StringComparison.Ordinal),
        Layer.Replace("\"size\"", "\"length\"", StringComparison.Ordinal),
        Layer.Replace(":7", ":-1", StringComparison.Ordinal),
        Layer.Replace(":7", ":\"7\"", StringComparison.Ordinal),
        Layer.Replace(":7", ":7.5", StringComparison.Ordinal),
        Layer.Replace(":7", ":null", StringComparison.Ordinal),
        Layer.Replace(":7", ":9223372036854775808", StringComparison.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(NoDescriptors))]
    public void What_is_no_descriptor_is_refused_wherever_it_stands(string value)
    {
        Assert.Equal(NoDescriptor("layers"), Refusal(Image($"\"layers\":[{Layer},{value}]")));
        Assert.Equal(NoDescriptor("config"), Refusal($$"""{"schemaVersion":2,"config":{{value}}}"""));
        Assert.Equal(NoDescriptor("manifests"), Refusal($$"""{"schemaVersion":2,"manifests":[{{value}}]}""", MediaType.OciIndex));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData($"\"{Address}\"")]
    public void A_subject_that_is_no_descriptor_is_refused(string value) =>
        Assert.Equal(NoDescriptor("subject"), Refusal(Image($"\"subject\":{value}")));

    [Theory]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("{\"a\":1}")]
    [InlineData("{\"a\":null}")]
    [InlineData("{\"a\":\"b\",\"c\":{\"d\":\"e\"}}")]
    public void Annotations_that_are_no_texts_are_refused(string value) =>
        Assert.Equal(new ManifestInvalid("annotations are not an object of texts"), Refusal(Image($"\"annotations\":{value}")));

    [Theory]
    [InlineData("mediaType", "2")]
    [InlineData("mediaType", "{}")]
    [InlineData("mediaType", "\"\\ud800\"")]
    [InlineData("artifactType", "[]")]
    [InlineData("artifactType", "\"\\udc00\\ud800\"")]
    public void What_should_be_a_text_and_is_none_is_refused(string name, string value) =>
        Assert.Equal(new ManifestInvalid($"{name} is not a text"), Refusal(Image($"\"{name}\":{value}")));

    [Theory]
    [InlineData("\"config\":null")]
    [InlineData("\"layers\":[],\"layers\":[]")]
    [InlineData("\"layers\":[],\"l\\u0061yers\":[]")]
    [InlineData("\"x\":1,\"x\":1")]
    [InlineData("\"x\":{\"deep\":[{\"y\":1,\"y\":2}]}")]
    [InlineData("\"annotations\":{\"a\":\"1\",\"a\":\"2\"}")]
    public void A_name_that_stands_twice_is_refused(string members) => Assert.IsType<ManifestInvalid>(Refusal(Image(members)));

    [Theory]
    [InlineData("\"\\ud800\":0")]
    [InlineData("\"annotations\":{\"\\udc00\":\"a\"}")]
    [InlineData("\"\\ud800yers\":[],\"\\ud801yers\":[]")]
    public void A_name_that_is_half_a_character_is_refused(string members) => Assert.IsType<ManifestInvalid>(Refusal(Image(members)));

    [Theory]
    [InlineData(63, true)]
    [InlineData(64, false)]
    [InlineData(100_000, false)]
    public void Lists_in_lists_are_read_to_a_depth_of_64(int depth, bool isRead)
    {
        var json = Image($"\"x\":{new string('[', depth)}{new string(']', depth)}");

        Assert.Equal(isRead, Record.Exception(() => Read(json)) is null);
        if (!isRead)
        {
            Assert.IsType<ManifestInvalid>(Refusal(json));
        }
    }

    [Theory]
    [InlineData(new byte[] { 0xff })]
    [InlineData(new byte[] { 0xc0, 0xaf })]
    [InlineData(new byte[] { 0xed, 0xa0, 0x80 })]
    [InlineData(new byte[] { 0xf4, 0x90, 0x80, 0x80 })]
    [InlineData(new byte[] { 0xe2, 0x82 })]
    public void Bytes_that_are_no_UTF_8_are_refused_even_in_a_text_nobody_reads(byte[] bytes)
    {
        var parts = Image("\"x\":\"*\"").Split('*');
        byte[] content = [.. Encoding.UTF8.GetBytes(parts[0]), .. bytes, .. Encoding.UTF8.GetBytes(parts[1])];

        Assert.Equal(new ManifestInvalid("the document is not UTF-8"), Refusals.Of(() => Manifest.Parse(content, MediaType.OciManifest)));
    }

    private static ManifestInvalid NoDescriptor(string name) =>
        new($"{name} holds something that is no descriptor: mediaType, digest and size are needed");
}
