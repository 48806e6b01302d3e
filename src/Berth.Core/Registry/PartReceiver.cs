using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.ExceptionServices;
using Berth.Storage.Blobs;
using Berth.Vocabulary;

namespace Berth.Registry;

/// <summary>Takes one part's bytes from its caller into the staged object, and holds the part to what it says of itself.</summary>
internal sealed class PartReceiver(RepositoryId repository, UploadId upload, UploadPart part, StagedBlob staged, long mostBytes)
{
    private readonly long before = staged.Length;

    /// <summary>
    /// Reads the part to its end. Returns why the caller's bytes stopped early, if they did; bytes that may not or cannot
    /// be kept are thrown for, and the staged object is then of no more use.
    /// </summary>
    public async Task<ExceptionDispatchInfo?> ReceiveAsync(CancellationToken cancel)
    {
        while (true)
        {
            var (read, broken) = await ReadAsync(cancel);
            if (broken is not null)
            {
                return broken;
            }

            await KeepAsync(read.Buffer, cancel);
            if (read.IsCompleted)
            {
                break;
            }
        }

        return part.Length is { } declared && declared != Received ? throw WrongLength(Received, declared) : null;
    }

    private long Received => staged.Length - before;

    private async Task<(ReadResult Read, ExceptionDispatchInfo? Broken)> ReadAsync(CancellationToken cancel)
    {
        try
        {
            return (await part.Content.ReadAsync(cancel), null);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            return (default, ExceptionDispatchInfo.Capture(exception));
        }
    }

    private async ValueTask KeepAsync(ReadOnlySequence<byte> bytes, CancellationToken cancel)
    {
        try
        {
            foreach (var segment in bytes)
            {
                CheckLength(segment.Length);
                await staged.WriteAsync(segment, cancel);
            }
        }
        finally
        {
            // Also when the bytes could not be kept: whoever owns the reader drains what is left.
            part.Content.AdvanceTo(bytes.End);
        }
    }

    private void CheckLength(int more)
    {
        if (part.Length is { } declared && Received + more > declared)
        {
            throw WrongLength(Received + more, declared);
        }

        if (staged.Length + more > mostBytes)
        {
            throw new LayerTooLarge(repository, mostBytes).AsException();
        }
    }

    private FaultException WrongLength(long length, long declared) =>
        new LayerPartLengthWrong(repository, upload, length, declared, before).AsException();
}
