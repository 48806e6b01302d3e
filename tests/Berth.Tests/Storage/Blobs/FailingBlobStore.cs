using Berth.Storage.Blobs;
using Berth.Vocabulary;

namespace Berth.Tests.Storage.Blobs;

/// <summary>A store whose disk is full as soon as a test says so.</summary>
public sealed class FailingBlobStore(IBlobStore store) : IBlobStore
{
    public bool IsFull { get; set; }

    public async ValueTask<StagedObject> StageAsync(Guid id, long length, CancellationToken cancel) =>
        new FailingObject(this, await store.StageAsync(id, length, cancel));

    public bool HasArchive => store.HasArchive;

    public ValueTask<long> CopyAsync(BlobKey from, BlobKey to, CancellationToken cancel) => store.CopyAsync(from, to, cancel);

    public ValueTask<BlobReader?> OpenStagedAsync(Guid id, CancellationToken cancel) => store.OpenStagedAsync(id, cancel);

    public ValueTask CommitAsync(BlobKey key, CancellationToken cancel) => store.CommitAsync(key, cancel);

    public ValueTask DiscardAsync(Guid id, CancellationToken cancel) => store.DiscardAsync(id, cancel);

    public ValueTask<BlobReader?> OpenAsync(BlobKey key, CancellationToken cancel) => store.OpenAsync(key, cancel);

    public ValueTask DeleteAsync(BlobKey key, CancellationToken cancel) => store.DeleteAsync(key, cancel);

    public IAsyncEnumerable<StoredObject> ListAsync(DateTimeOffset before, CancellationToken cancel) =>
        store.ListAsync(before, cancel);

    private sealed class FailingObject(FailingBlobStore owner, StagedObject staged) : StagedObject
    {
        public override long Length => staged.Length;

        // As on a real disk, some of the bytes are written before there is no room for the rest.
        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancel)
        {
            await staged.WriteAsync(owner.IsFull ? bytes[..(bytes.Length / 2)] : bytes, cancel);
            if (owner.IsFull)
            {
                throw new StorageFull().AsException();
            }
        }

        public override ValueTask FlushAsync(CancellationToken cancel) => staged.FlushAsync(cancel);

        public override ValueTask DisposeAsync() => staged.DisposeAsync();
    }
}
