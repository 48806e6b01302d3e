using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Berth.Acceptance.Images;

/// <summary>An OCI image of one layer with one file, made without any tool, so that every byte of it is known.</summary>
internal sealed record SmallImage(byte[] Layer, byte[] Config, byte[] Manifest)
{
    public const string ManifestType = "application/vnd.oci.image.manifest.v1+json";
    public const string LayerType = "application/vnd.oci.image.layer.v1.tar+gzip";
    private const string ConfigType = "application/vnd.oci.image.config.v1+json";

    public string Digest => DigestOf(Manifest);

    public string LayerDigest => DigestOf(Layer);

    /// <summary>An image whose only file says <paramref name="text"/>; equal texts give equal images.</summary>
    public static SmallImage Saying(string text, string architecture = "amd64") => Holding(Encoding.UTF8.GetBytes(text), architecture);

    /// <summary>An image whose layer is a little larger than <paramref name="size"/> bytes, since its content does not compress.</summary>
    public static SmallImage OfSize(int size, int seed)
    {
        var content = new byte[size];
        new Random(seed).NextBytes(content);
        return Holding(content, "amd64");
    }

    /// <summary>Writes the image under <paramref name="tag"/> as an OCI image layout, which skopeo, crane and oras read.</summary>
    public void WriteLayout(string folder, string tag)
    {
        var blobs = Directory.CreateDirectory(Path.Combine(folder, "blobs", "sha256")).FullName;
        foreach (var blob in (ReadOnlySpan<byte[]>)[Layer, Config, Manifest])
        {
            File.WriteAllBytes(Path.Combine(blobs, DigestOf(blob)["sha256:".Length..]), blob);
        }

        File.WriteAllText(Path.Combine(folder, "oci-layout"), """{"imageLayoutVersion":"1.0.0"}""");
        File.WriteAllBytes(Path.Combine(folder, "index.json"), JsonSerializer.SerializeToUtf8Bytes(new
        {
            schemaVersion = 2,
            manifests = new[]
            {
                new
                {
                    mediaType = ManifestType,
                    digest = Digest,
                    size = Manifest.Length,
                    annotations = new Dictionary<string, string>(StringComparer.Ordinal) { ["org.opencontainers.image.ref.name"] = tag },
                },
            },
        }));
    }

    public static string DigestOf(ReadOnlySpan<byte> content) => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(content))}";

    private static SmallImage Holding(byte[] content, string architecture)
    {
        var files = Pack(content);
        var layer = Compress(files);
        var config = JsonSerializer.SerializeToUtf8Bytes(new
        {
            architecture,
            os = "linux",
            rootfs = new { type = "layers", diff_ids = new[] { DigestOf(files) } },
        });
        var manifest = JsonSerializer.SerializeToUtf8Bytes(new
        {
            schemaVersion = 2,
            mediaType = ManifestType,
            config = new { mediaType = ConfigType, digest = DigestOf(config), size = config.Length },
            layers = new[] { new { mediaType = LayerType, digest = DigestOf(layer), size = layer.Length } },
        });
        return new(layer, config, manifest);
    }

    private static byte[] Pack(byte[] content)
    {
        using var files = new MemoryStream();
        using (var tar = new TarWriter(files, TarEntryFormat.Ustar, leaveOpen: true))
        {
            tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, "berth")
            {
                DataStream = new MemoryStream(content),
                ModificationTime = DateTimeOffset.UnixEpoch,
                Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead,
            });
        }

        return files.ToArray();
    }

    private static byte[] Compress(byte[] files)
    {
        using var layer = new MemoryStream();
        using (var gzip = new GZipStream(layer, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(files);
        }

        return layer.ToArray();
    }
}
