using Berth.Storage.Blobs;
using Berth.Vocabulary;

namespace Berth.Tests.Storage.Blobs;

public sealed class FilesOfTheStoreTests : IDisposable
{
    private const string Id = "6f9619ff-8b86-4011-b42d-00c04fc964ff";

    private static readonly string Hex = new('a', 64);

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_blob_lies_under_its_scope_and_digest()
    {
        var store = new FileBlobStore(folder.Path);
        var key = new BlobKey(new("service-us-east-1"), Digest.Parse($"sha256:{Hex}"), Guid.Parse(Id));
        await (await store.StageAsync(key.Id, 0, default)).DisposeAsync();
        Assert.True(File.Exists(folder[$"staging/{Id}"]));

        await store.CommitAsync(key, default);
        Assert.True(File.Exists(folder[$"blobs/service-us-east-1/sha256/aa/{Hex}-{Id}"]));
        Assert.Empty(Directory.GetFiles(folder["staging"]));
    }

    [Theory]
    [InlineData("staging/notes.txt")]
    [InlineData("staging/6F9619FF-8B86-4011-B42D-00C04FC964FF")]
    [InlineData("staging/below/6f9619ff-8b86-4011-b42d-00c04fc964ff")]
    [InlineData("blobs/service/sha256/aa/readme")]
    [InlineData("blobs/service/sha256/bb/{hex}-{id}")]
    [InlineData("blobs/service/sha512/aa/{hex}-{id}")]
    [InlineData("blobs/service/sha256/aa/{hex}_{id}")]
    [InlineData("blobs/Service/sha256/aa/{hex}-{id}")]
    [InlineData("blobs/service/sha256/aa/deeper/{hex}-{id}")]
    [InlineData("blobs/service/sha256/aa/{hex}-{id}.bak")]
    [InlineData("keyring")]
    public async Task A_foreign_file_is_not_listed(string name)
    {
        var path = folder[name.Replace("{hex}", Hex, StringComparison.Ordinal).Replace("{id}", Id, StringComparison.Ordinal)];
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllTextAsync(path, "not ours");

        Assert.Empty(await new FileBlobStore(folder.Path).ListAsync(DateTimeOffset.MaxValue, default).ToListAsync());
    }

    [Fact]
    public async Task A_write_to_a_full_disk_is_the_fault_storage_full()
    {
        await using var staged = new FileStagedObject(File.OpenHandle("/dev/full", access: FileAccess.Write), 1, "/dev/full");

        await AssertFullAsync(staged);
    }

    [Fact]
    public async Task A_write_beyond_the_longest_file_is_the_fault_storage_full()
    {
        var handle = File.OpenHandle(folder["file"], FileMode.CreateNew, FileAccess.Write);
        await using var staged = new FileStagedObject(handle, long.MaxValue - 10, folder["file"]);

        await AssertFullAsync(staged);
    }

    private static async Task AssertFullAsync(StagedObject staged)
    {
        var thrown = await Assert.ThrowsAsync<FaultException>(async () => await staged.WriteAsync(new byte[1], default));
        Assert.IsType<StorageFull>(thrown.Fault);
    }
}
