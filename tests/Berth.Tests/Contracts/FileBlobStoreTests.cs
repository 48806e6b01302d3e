using Berth.Storage.Blobs;

namespace Berth.Tests.Contracts;

public sealed class FileBlobStoreTests : BlobStoreContract, IDisposable
{
    private readonly TemporaryFolder folder = new();

    protected override IBlobStore Store => new FileBlobStore(folder.Path, folder["archive"]);

    public void Dispose() => folder.Dispose();
}
