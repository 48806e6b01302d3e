using System.Text;
using Berth.Vocabulary;

namespace Berth.Tests.Vocabulary;

/// <summary>Manifests as text, and what they are read as.</summary>
internal static class ManifestJson
{
    public const string Address = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    public const string Layer = $$"""{"mediaType":"application/vnd.oci.image.layer.v1.tar","digest":"{{Address}}","size":7}""";
    public const string Configuration = $$"""{"mediaType":"{{MediaType.OciConfig}}","digest":"{{Address}}","size":2}""";
    public const string Child = $$"""{"mediaType":"{{MediaType.OciManifest}}","digest":"{{Address}}","size":9}""";

    /// <summary>An image that does not name its type, with more members.</summary>
    public static string Image(string members) => $$"""{"schemaVersion":2,"config":{{Configuration}},{{members}}}""";

    /// <summary>Reads a document that the request says is an OCI image manifest.</summary>
    public static Manifest Read(string json) => Read(json, MediaType.OciManifest);

    public static Manifest Read(string json, string? declaredType) => Manifest.Parse(Encoding.UTF8.GetBytes(json), declaredType);

    /// <summary>The fault that a document ends in which the request says is an OCI image manifest.</summary>
    public static Fault Refusal(string json) => Refusal(json, MediaType.OciManifest);

    public static Fault Refusal(string json, string? declaredType) => Refusals.Of(() => Read(json, declaredType));
}
