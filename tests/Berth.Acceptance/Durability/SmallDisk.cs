using Berth.Acceptance.Running;

namespace Berth.Acceptance.Durability;

/// <summary>A server whose data folder is a whole file system of 24 MiB, in memory. To mount one takes root.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private static readonly string[] FoldersOfLayers = ["staging", "blobs"];
    private readonly Scratch folder = new();
    private readonly Desk desk = new();
    private bool isMounted;

    public SmallDisk() => Server = new() { Data = folder.Folder };

    public Server Server { get; }

    /// <summary>Every file that holds bytes of layers, finished or not.</summary>
    public IEnumerable<string> LayerFiles => FoldersOfLayers
        .Select(name => new DirectoryInfo(Path.Combine(folder.Folder, name)))
        .Where(found => found.Exists)
        .SelectMany(found => found.EnumerateFiles("*", SearchOption.AllDirectories))
        .Select(file => $"{file.FullName} of {file.Length} bytes");

    public async Task StartAsync()
    {
        await desk.RunAsync("mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", folder.Folder);
        isMounted = true;
        await Server.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        if (isMounted)
        {
            await desk.RunAsync("umount", folder.Folder);
        }

        desk.Dispose();
        folder.Dispose();
    }
}
