using Berth.Vocabulary;
using Microsoft.Win32.SafeHandles;

namespace Berth.Storage.Blobs;

/// <summary>
/// A staged file being written. It is written on the caller's thread: .NET's asynchronous file calls on Unix do the same
/// blocking call on another pool thread, at the price of a switch.
/// </summary>
internal sealed class FileStagedObject(SafeFileHandle file, long length, string path) : StagedObject
{
    private bool nameIsDurable = length > 0;
    private long written = length;

    public override long Length => written;

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        try
        {
            RandomAccess.Write(file, bytes.Span, written);
        }
        catch (Exception e) when (FullDisk.Caused(e))
        {
            throw new StorageFull().AsException();
        }

        written += bytes.Length;
        return ValueTask.CompletedTask;
    }

    public override ValueTask FlushAsync(CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        try
        {
            RandomAccess.FlushToDisk(file);
            if (!nameIsDurable)
            {
                DurableFolder.Flush(Path.GetDirectoryName(path)!);
                nameIsDurable = true;
            }
        }
        catch (Exception e) when (FullDisk.Caused(e))
        {
            throw new StorageFull().AsException();
        }

        return ValueTask.CompletedTask;
    }

    public override ValueTask DisposeAsync()
    {
        file.Dispose();
        return ValueTask.CompletedTask;
    }
}
