using Microsoft.Win32.SafeHandles;

namespace Berth.Storage.Blobs;

/// <summary>A stored file being read, on the caller's thread for the reason <see cref="FileStagedObject"/> gives.</summary>
internal sealed class FileBlobReader(SafeFileHandle file) : BlobReader
{
    public override long Length { get; } = RandomAccess.GetLength(file);

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, long offset, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        var total = 0;
        while (total < buffer.Length && RandomAccess.Read(file, buffer.Span[total..], offset + total) is > 0 and var read)
        {
            total += read;
        }

        return ValueTask.FromResult(total);
    }

    public override ValueTask DisposeAsync()
    {
        file.Dispose();
        return ValueTask.CompletedTask;
    }
}
