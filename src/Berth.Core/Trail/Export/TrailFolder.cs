using System.IO.Compression;
using Berth.Storage.Blobs;

namespace Berth.Trail.Export;

/// <summary>The folder that is exported to. A file is there whole and durable, or not at all; writing it again is writing it once.</summary>
internal static class TrailFolder
{
    /// <summary>Writes a file, in the place of one that is there.</summary>
    public static async Task WriteAsync(string folder, string path, Func<Stream, Task> write)
    {
        var target = Path.Combine(folder, path);
        var parent = Path.GetDirectoryName(target)!;
        DurableFolder.Create(parent);
        var unfinished = Path.Combine(parent, $".{Path.GetFileName(target)}");
        await using (var file = new FileStream(unfinished, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            await write(file);
            file.Flush(flushToDisk: true);
        }

        File.Move(unfinished, target, overwrite: true);
        DurableFolder.Flush(parent);
    }

    /// <summary>Writes compressed content.</summary>
    public static Task WriteCompressedAsync(string folder, string path, byte[] content) => WriteAsync(folder, path, async file =>
    {
        await using var compressed = new GZipStream(file, CompressionLevel.Optimal, leaveOpen: true);
        await compressed.WriteAsync(content);
    });

    /// <summary>Opens what a compressed file holds.</summary>
    public static Stream OpenCompressed(string folder, string path) =>
        new GZipStream(File.OpenRead(Path.Combine(folder, path)), CompressionMode.Decompress);

    /// <summary>The paths of all files, in order; those that were never finished are none.</summary>
    public static IEnumerable<string> List(string folder) =>
        Directory.Exists(Path.Combine(folder, ExportNames.Root))
            ? Directory.EnumerateFiles(Path.Combine(folder, ExportNames.Root), "*", SearchOption.AllDirectories)
                .Where(path => Path.GetFileName(path)[0] != '.')
                .Select(path => Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/'))
                .Order(StringComparer.Ordinal)
            : [];
}
