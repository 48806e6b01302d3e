using System.IO.Pipelines;
using Berth.Storage.Blobs;
using Berth.Vocabulary;

namespace Berth.Tests.Storage.Blobs;

/// <summary>Sealed blobs in a temporary folder, and the few steps that most tests take with them.</summary>
public sealed class BlobHouse : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly Ids ids = new();

    public BlobHouse()
    {
        Keyring = Keyring.LoadOrCreate(KeyFile, ids, TimeProvider.System);
        Files = new FileBlobStore(folder.Path);
        Blobs = Over(Files);
    }

    public static KeyScope Scope { get; } = new("service-us-east-1");

    public string KeyFile => folder["keyring"];

    public Keyring Keyring { get; }

    public FileBlobStore Files { get; }

    public SealedBlobs Blobs { get; }

    /// <summary>Content that differs at every place and from seed to seed.</summary>
    public static byte[] Content(int length, int seed = 1)
    {
        var content = new byte[length];
        new Random(seed).NextBytes(content);
        return content;
    }

    public static async Task AssertDamagedAsync(Func<Task> act) =>
        Assert.IsType<ContentDamaged>((await Assert.ThrowsAsync<FaultException>(act)).Fault);

    /// <summary>Another process on the same folder, or the same over another store.</summary>
    public SealedBlobs Over(IBlobStore store) =>
        new(store, Keyring.LoadOrCreate(KeyFile, ids, TimeProvider.System), ids);

    public ValueTask<StagedBlob> StageAsync(bool sha512 = false) => Blobs.StageAsync(Scope, sha512, default);

    public async Task<StoredBlob> StoreAsync(byte[] content)
    {
        await using var staged = await StageAsync();
        await staged.WriteAsync(content, default);
        return await staged.CommitAsync(staged.ComputeDigest(), default);
    }

    public Task<byte[]> ReadAsync(StoredBlob blob) => ReadAsync(blob, 0, blob.Size);

    public async Task<byte[]> ReadAsync(StoredBlob blob, long offset, long count)
    {
        using var bytes = new MemoryStream();
        await ReadAsync(blob, offset, count, bytes);
        return bytes.ToArray();
    }

    public async Task ReadAsync(StoredBlob blob, long offset, long count, Stream destination)
    {
        await using var content = await Blobs.OpenAsync(blob, default);
        Assert.NotNull(content);
        await content.CopyToAsync(PipeWriter.Create(destination), offset, count, default);
    }

    /// <summary>The file in which a blob lies.</summary>
    public string FileOf(StoredBlob blob) =>
        Directory.GetFiles(folder["blobs"], $"*-{blob.Key.Id:D}", SearchOption.AllDirectories).Single();

    /// <summary>The file in which an object is staged.</summary>
    public string FileOf(Guid staged) => folder[$"staging/{staged:D}"];

    /// <summary>How many files of the folder this process holds open.</summary>
    public int CountOpenFiles() =>
        new DirectoryInfo("/proc/self/fd").EnumerateFileSystemInfos()
            .Count(link => link.LinkTarget?.StartsWith(folder.Path, StringComparison.Ordinal) == true);

    public void Dispose() => folder.Dispose();
}
