using System.Collections.Concurrent;
using Berth.Vocabulary;

namespace Berth.Storage.Blobs;

/// <summary>
/// Blobs as files: those at hand in one file system, archived ones in that or another. A blob appears by rename, so it is
/// there whole or not at all.
/// </summary>
/// <param name="root">The data folder; staged objects and blobs have a folder each in it.</param>
/// <param name="archive">The folder of archived blobs, with the same two folders in it; null for none.</param>
public sealed class FileBlobStore(string root, string? archive = null) : IBlobStore
{
    private static readonly EnumerationOptions EveryFile = new()
    {
        RecurseSubdirectories = true,
        AttributesToSkip = FileAttributes.ReparsePoint,
    };

    private readonly FileLayout standard = new(Path.GetFullPath(root), StorageClass.Standard);
    private readonly FileLayout? archived = archive is null ? null : new(Path.GetFullPath(archive), StorageClass.Archive);
    private readonly ConcurrentDictionary<string, bool> durableFolders = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public bool HasArchive => archived is not null;

    /// <inheritdoc/>
    public ValueTask<StagedObject> StageAsync(Guid id, long length, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        try
        {
            return ValueTask.FromResult<StagedObject>(length == 0 ? CreateStaged(standard, id) : ReopenStaged(id, length));
        }
        catch (Exception e) when (FullDisk.Caused(e))
        {
            throw new StorageFull().AsException();
        }
    }

    /// <inheritdoc/>
    public ValueTask<BlobReader?> OpenStagedAsync(Guid id, CancellationToken cancel) => OpenAsync(standard.Of(id), cancel);

    /// <inheritdoc/>
    public ValueTask<BlobReader?> OpenAsync(BlobKey key, CancellationToken cancel) => OpenAsync(LayoutOf(key).Of(key), cancel);

    /// <inheritdoc/>
    public ValueTask CommitAsync(BlobKey key, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        Publish(LayoutOf(key), key);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public async ValueTask<long> CopyAsync(BlobKey from, BlobKey to, CancellationToken cancel)
    {
        await using var source = await OpenAsync(from, cancel) ?? throw new ContentDamaged($"object {from.Id} is gone").AsException();
        var target = LayoutOf(to);
        try
        {
            await using (var copy = CreateStaged(target, to.Id))
            {
                await source.CopyToAsync(copy, cancel);
                await copy.FlushAsync(cancel);
            }

            Publish(target, to);
            return source.Length;
        }
        catch (Exception e) when (FullDisk.Caused(e))
        {
            throw new StorageFull().AsException();
        }
        finally
        {
            // Once it is published nothing has this name any more.
            Delete(target.Of(to.Id));
        }
    }

    /// <inheritdoc/>
    public ValueTask DiscardAsync(Guid id, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        foreach (var layout in Layouts())
        {
            Delete(layout.Of(id));
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask DeleteAsync(BlobKey key, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        Delete(LayoutOf(key).Of(key));
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<StoredObject> ListAsync(DateTimeOffset before, CancellationToken cancel) =>
        Layouts().SelectMany(layout => List(layout, before.UtcDateTime, cancel)).ToAsyncEnumerable();

    private FileLayout LayoutOf(BlobKey key) =>
        key.Class is StorageClass.Standard ? standard : archived ?? throw new StorageUnavailable("a blob lies in the archive, and there is none").AsException();

    private IEnumerable<FileLayout> Layouts() => archived is null ? [standard] : [standard, archived];

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

    private static void Delete(string path)
    {
        if (File.Exists(path))
        {
            File.Delete(path);
        }
    }

    private void Publish(FileLayout layout, BlobKey key)
    {
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
    }

    private FileStagedObject CreateStaged(FileLayout layout, Guid id)
    {
        MakeFolder(layout.Staging);
        var path = layout.Of(id);
        return new(File.OpenHandle(path, FileMode.Create, FileAccess.Write, FileShare.Read), 0, path);
    }

    private FileStagedObject ReopenStaged(Guid id, long length)
    {
        var path = standard.Of(id);
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

    private static IEnumerable<StoredObject> List(FileLayout layout, DateTime before, CancellationToken cancel)
    {
        foreach (var file in FilesIn(layout.Staging).Concat(FilesIn(layout.Blobs)))
        {
            cancel.ThrowIfCancellationRequested();
            if (file.Exists && file.LastWriteTimeUtc < before && layout.Describe(file) is { } found)
            {
                yield return found;
            }
        }
    }

    private static IEnumerable<FileInfo> FilesIn(string folder) =>
        Directory.Exists(folder) ? new DirectoryInfo(folder).EnumerateFiles("*", EveryFile) : [];
}
