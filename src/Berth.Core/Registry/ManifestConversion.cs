using System.Text;
using Berth.Vocabulary;

namespace Berth.Registry;

/// <summary>
/// Says an image manifest in the other vocabulary: Docker's schema 2 as OCI, OCI as schema 2. Media types are exchanged
/// where they stand and every other byte stays, so what comes back from a round trip is what went in.
/// </summary>
public static class ManifestConversion
{
    private static readonly (string Docker, string Oci)[] Names =
    [
        (MediaType.DockerManifest, MediaType.OciManifest),
        (MediaType.DockerConfig, MediaType.OciConfig),
        ("application/vnd.docker.image.rootfs.diff.tar", "application/vnd.oci.image.layer.v1.tar"),
        ("application/vnd.docker.image.rootfs.diff.tar.gzip", "application/vnd.oci.image.layer.v1.tar+gzip"),
        ("application/vnd.docker.image.rootfs.foreign.diff.tar", "application/vnd.oci.image.layer.nondistributable.v1.tar"),
        ("application/vnd.docker.image.rootfs.foreign.diff.tar.gzip", "application/vnd.oci.image.layer.nondistributable.v1.tar+gzip"),
    ];

    private static readonly Dictionary<string, string> ToOci =
        Names.ToDictionary(pair => pair.Docker, pair => pair.Oci, StringComparer.Ordinal);

    private static readonly Dictionary<string, string> ToDocker =
        Names.ToDictionary(pair => pair.Oci, pair => pair.Docker, StringComparer.Ordinal);

    /// <summary>The media type that a manifest of this type can be converted to; null for an index.</summary>
    public static string? CounterpartOf(string manifestType) => manifestType switch
    {
        MediaType.DockerManifest => MediaType.OciManifest,
        MediaType.OciManifest => MediaType.DockerManifest,
        _ => null,
    };

    /// <summary>
    /// The manifest as its counterpart, under the digest of its new bytes. Null when the other vocabulary has no word for
    /// part of it: an index, an artifact, a subject, a layer compressed by zstd.
    /// </summary>
    public static StoredManifest? Convert(StoredManifest stored)
    {
        if (CounterpartOf(stored.MediaType) is not { } type)
        {
            return null;
        }

        var names = ManifestNames.Read(stored.Content.Span);
        var words = type is MediaType.OciManifest ? ToOci : ToDocker;
        if (!names.IsPlain || !names.Found.TrueForAll(name => words.ContainsKey(name.Text)))
        {
            return null;
        }

        var content = Exchange(stored.Content.Span, names, words, type);
        return new(stored.Digest.SameAlgorithmOf(content), type, content);
    }

    private static byte[] Exchange(ReadOnlySpan<byte> content, ManifestNames names, Dictionary<string, string> words, string type)
    {
        var converted = new MemoryStream(content.Length + 256);
        var copied = 0;
        if (!names.StatesType)
        {
            // A document that does not say what it is relied on the request to say it.
            copied = content.IndexOf((byte)'{') + 1;
            converted.Write(content[..copied]);
            converted.Write(Encoding.UTF8.GetBytes($"\"mediaType\":\"{type}\","));
        }

        foreach (var name in names.Found)
        {
            converted.Write(content[copied..name.Start]);
            converted.Write(Encoding.UTF8.GetBytes(words[name.Text]));
            copied = name.End;
        }

        converted.Write(content[copied..]);
        return converted.ToArray();
    }
}
