using Berth.Storage.Blobs;

namespace Berth.Tests.Registry;

/// <summary>A store that breaks once, before or after it has done a step, as a process does that is killed there.</summary>
internal sealed class BreakingStore(IBlobStore store) : IBlobStore
{
    public const string Copy = "copy";
    public const string Delete = "delete";

    private (string Step, bool Before)? breaks;

    public bool HasArchive => store.HasArchive;

    public void BreakAt(string step, bool before) => breaks = (step, before);

    public ValueTask<StagedObject> StageAsync(Guid id, long length, CancellationToken cancel) => store.StageAsync(id, length, cancel);

    public ValueTask<BlobReader?> OpenStagedAsync(Guid id, CancellationToken cancel) => store.OpenStagedAsync(id, cancel);

    public ValueTask CommitAsync(BlobKey key, CancellationToken cancel) => store.CommitAsync(key, cancel);

    public async ValueTask<long> CopyAsync(BlobKey from, BlobKey to, CancellationToken cancel)
    {
        Break(Copy, before: true);
        var length = await store.CopyAsync(from, to, cancel);
        Break(Copy, before: false);
        return length;
    }

    public ValueTask DiscardAsync(Guid id, CancellationToken cancel) => store.DiscardAsync(id, cancel);

    public ValueTask<BlobReader?> OpenAsync(BlobKey key, CancellationToken cancel) => store.OpenAsync(key, cancel);

    public async ValueTask DeleteAsync(BlobKey key, CancellationToken cancel)
    {
        Break(Delete, before: true);
        await store.DeleteAsync(key, cancel);
        Break(Delete, before: false);
    }

    public IAsyncEnumerable<StoredObject> ListAsync(DateTimeOffset before, CancellationToken cancel) => store.ListAsync(before, cancel);

    private void Break(string step, bool before)
    {
        if (breaks == (step, before))
        {
            breaks = null;
            throw new IOException($"broken at {step}");
        }
    }
}
