using System.Collections.Concurrent;
using Berth.Vocabulary;

namespace Berth.Storage.Blobs;

/// <summary>Blobs as files of one file system. A blob appears by rename, so it is there whole or not at all.</summary>
/// <param name="root">The data folder; staged objects and blobs have a folder each in it.</param>
public sealed class FileBlobStore(string root) : IBlobStore
{
    private static readonly EnumerationOptions EveryFile = new()
    {
        RecurseSubdirectories = true,
        AttributesToSkip = FileAttributes.ReparsePoint,
    };

    private readonly FileLayout layout = new(Path.GetFullPath(root));
    private readonly ConcurrentDictionary<string, bool> durableFolders = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public ValueTask<StagedObject> StageAsync(Guid id, long length, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        try
        {
            return ValueTask.FromResult<StagedObject>(length == 0 ? CreateStaged(id) : ReopenStaged(id, length));
        }
        catch (Exception e) when (FullDisk.Caused(e))
        {
            throw new StorageFull().AsException();
        }
    }

    /// <inheritdoc/>
    public ValueTask<BlobReader?> OpenStagedAsync(Guid id, CancellationToken cancel) => OpenAsync(layout.Of(id), cancel);

    /// <inheritdoc/>
    public ValueTask<BlobReader?> OpenAsync(BlobKey key, CancellationToken cancel) => OpenAsync(layout.Of(key), cancel);

    /// <inheritdoc/>
    public ValueTask CommitAsync(BlobKey key, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        var path = layout.Of(key);
        var folder = Path.GetDirectoryName(path)!;
        try
        {
            MakeFolder(folder);
            File.Move(layout.Of(key.Id), path, overwrite: true);
            DurableFolder.Flush(folder);
        }
        catch (FileNotFoundException)
        {
            throw new ContentDamaged($"staged object {key.Id} is gone").AsException();
        }
        catch (Exception e) when (FullDisk.Caused(e))
        {
            throw new StorageFull().AsException();
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask DiscardAsync(Guid id, CancellationToken cancel) => Delete(layout.Of(id), cancel);

    /// <inheritdoc/>
    public ValueTask DeleteAsync(BlobKey key, CancellationToken cancel) => Delete(layout.Of(key), cancel);

    /// <inheritdoc/>
    public IAsyncEnumerable<StoredObject> ListAsync(DateTimeOffset before, CancellationToken cancel) =>
        List(before.UtcDateTime, cancel).ToAsyncEnumerable();

    private static ValueTask<BlobReader?> OpenAsync(string path, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        try
        {
            return ValueTask.FromResult<BlobReader?>(new FileBlobReader(File.OpenHandle(path)));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return ValueTask.FromResult<BlobReader?>(null);
        }
    }

    private static ValueTask Delete(string path, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        if (File.Exists(path))
        {
            File.Delete(path);
        }

        return ValueTask.CompletedTask;
    }

    private FileStagedObject CreateStaged(Guid id)
    {
        MakeFolder(layout.Staging);
        var path = layout.Of(id);
        return new(File.OpenHandle(path, FileMode.Create, FileAccess.Write, FileShare.Read), 0, path);
    }

    private FileStagedObject ReopenStaged(Guid id, long length)
    {
        var path = layout.Of(id);
        if (new FileInfo(path) is not { Exists: true } found || found.Length < length)
        {
            throw new ContentDamaged($"staged object {id} is gone or shorter than {length} bytes").AsException();
        }

        var file = File.OpenHandle(path, FileMode.Open, FileAccess.Write, FileShare.Read);
        RandomAccess.SetLength(file, length);
        return new(file, length, path);
    }

    // Once per process and folder: whether a folder that is there was ever synced into the one above, nobody can say.
    private void MakeFolder(string folder)
    {
        if (durableFolders.ContainsKey(folder))
        {
            return;
        }

        DurableFolder.Create(folder);
        durableFolders.TryAdd(folder, true);
    }

    private IEnumerable<StoredObject> List(DateTime before, CancellationToken cancel)
    {
        foreach (var file in FilesIn(layout.Staging).Concat(FilesIn(layout.Blobs)))
        {
            cancel.ThrowIfCancellationRequested();
            if (file.Exists && file.LastWriteTimeUtc < before && Describe(file) is { } found)
            {
                yield return found;
            }
        }
    }

    private StoredObject? Describe(FileInfo file) =>
        layout.FindStaged(file.FullName) is { } id ? new StoredObject(id, null, file.Length)
        : layout.FindBlob(file.FullName) is { } key ? new StoredObject(key.Id, key, file.Length)
        : null;

    private static IEnumerable<FileInfo> FilesIn(string folder) =>
        Directory.Exists(folder) ? new DirectoryInfo(folder).EnumerateFiles("*", EveryFile) : [];
}
