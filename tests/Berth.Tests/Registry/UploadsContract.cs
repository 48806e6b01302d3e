using System.IO.Pipelines;
using Berth.Registry;
using Berth.Tests.Engines;
using Berth.Vocabulary;

namespace Berth.Tests.Registry;

public sealed class SqliteUploadsTests() : UploadsContract(new SqliteTestDatabase());

[Trait("needs", "postgresql")]
public sealed class PostgreSqlUploadsTests(PostgreSqlServer server) : UploadsContract(new PostgreSqlTestDatabase(server));

public abstract class UploadsContract(TestDatabase rows) : RegistryContract(rows)
{
    private static readonly byte[] Content = [.. Enumerable.Range(0, 200_000).Select(i => (byte)(i * 31 / 7))];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(65_536)]
    [InlineData(100_000)]
    [InlineData(200_000)]
    public async Task A_layer_comes_in_parts_wherever_they_are_cut(int cut)
    {
        var repository = await CreateAsync("app");
        var upload = await Uploads.StartAsync(repository, Cancel);

        await Uploads.AppendAsync(repository, upload, Part(Content[..cut], first: 0, length: cut), Cancel);
        Assert.Equal(cut, (await Uploads.GetAsync(repository, upload, Cancel)).Received);
        var done = await Uploads.CompleteAsync(repository, upload, [Digest.Sha256Of(Content)], Part(Content[cut..]), Cancel);

        Assert.False(done.Existed);
        Assert.Equal(Content, await ReadAsync(repository, done.Digest));
        await FaultOf<UploadNotFound>(() => Uploads.GetAsync(repository, upload, Cancel));
    }

    [Fact]
    public async Task What_arrived_before_the_connection_broke_is_there_when_the_client_returns()
    {
        var repository = await CreateAsync("app");
        var upload = await Uploads.StartAsync(repository, Cancel);
        var broken = new UploadPart { Content = PipeReader.Create(new BreakingStream(Content[..70_000])) };

        await Assert.ThrowsAsync<IOException>(() => Uploads.AppendAsync(repository, upload, broken, Cancel));
        var received = (int)(await Uploads.GetAsync(repository, upload, Cancel)).Received;
        var done = await Uploads.CompleteAsync(repository, upload, [Digest.Sha256Of(Content)], Part(Content[received..], first: received), Cancel);

        Assert.Equal(70_000, received);
        Assert.Equal(Content, await ReadAsync(repository, done.Digest));
    }

    [Fact]
    public async Task Another_process_goes_on_where_the_row_says()
    {
        var repository = await CreateAsync("app");
        var upload = await Uploads.StartAsync(repository, Cancel);
        await Uploads.AppendAsync(repository, upload, Part(Content[..70_001]), Cancel);

        await RestartAsync();
        await Uploads.AppendAsync(repository, upload, Part(Content[70_001..150_000], first: 70_001), Cancel);
        await RestartAsync();
        var done = await Uploads.CompleteAsync(repository, upload, [Digest.Sha256Of(Content)], Part(Content[150_000..]), Cancel);

        Assert.Equal(Content, await ReadAsync(repository, done.Digest));
        Assert.Single(await StoredAsync());
    }

    [Fact]
    public async Task A_layer_is_addressed_by_sha512_too()
    {
        var repository = await CreateAsync("app");
        var digest = Digest.OfHash(System.Security.Cryptography.SHA512.HashData(Content));
        var upload = await Uploads.StartAsync(repository, Cancel);
        await Uploads.AppendAsync(repository, upload, Part(Content), Cancel);

        await Uploads.CompleteAsync(repository, upload, [digest], last: null, Cancel);
        await Uploads.StoreAsync(await CreateAsync("other"), digest, Part(Content), Cancel);

        Assert.Equal(Content, await ReadAsync(repository, digest));
        Assert.Single(await StoredAsync());
    }

    [Fact]
    public async Task A_part_that_does_not_follow_is_refused_and_harms_nothing()
    {
        var repository = await CreateAsync("app");
        var upload = await Uploads.StartAsync(repository, Cancel);
        await Uploads.AppendAsync(repository, upload, Part(Content[..10]), Cancel);

        var fault = await FaultOf<LayerPartOutOfOrder>(() => Uploads.AppendAsync(repository, upload, Part(Content, first: 0), Cancel));

        Assert.Equal("First byte of the layer part is 0 instead of 10", fault.Message);
        Assert.Equal(10, (await Uploads.GetAsync(repository, upload, Cancel)).Received);
    }

    [Theory]
    [InlineData(5, 9)]
    [InlineData(5, 11)]
    [InlineData(150_000, 9)]
    [InlineData(150_000, 11)]
    public async Task A_part_of_another_length_than_it_says_is_not_kept_and_what_came_before_is(int before, int declared)
    {
        var repository = await CreateAsync("app");
        var upload = await Uploads.StartAsync(repository, Cancel);
        await Uploads.AppendAsync(repository, upload, Part(Content[..before]), Cancel);

        await FaultOf<LayerPartLengthWrong>(
            () => Uploads.AppendAsync(repository, upload, Part(Content[before..(before + 10)], length: declared), Cancel));
        Assert.Equal(before, (await Uploads.GetAsync(repository, upload, Cancel)).Received);
        var done = await Uploads.CompleteAsync(repository, upload, [Digest.Sha256Of(Content)], Part(Content[before..]), Cancel);

        Assert.Equal(Content, await ReadAsync(repository, done.Digest));
        Assert.Single(await StoredAsync());
    }

    [Fact]
    public async Task Another_digest_ends_the_upload_and_leaves_nothing()
    {
        var repository = await CreateAsync("app");
        var upload = await Uploads.StartAsync(repository, Cancel);
        await Uploads.AppendAsync(repository, upload, Part(Content), Cancel);

        await FaultOf<LayerDigestMismatch>(() => Uploads.CompleteAsync(repository, upload, [Digest.Sha256Of("x"u8)], last: null, Cancel));
        await FaultOf<LayerDigestMismatch>(() => Uploads.StoreAsync(repository, Digest.Sha256Of("x"u8), Part(Content), Cancel));

        await FaultOf<UploadNotFound>(() => Uploads.GetAsync(repository, upload, Cancel));
        Assert.Empty(await StoredAsync());
    }

    [Fact]
    public async Task Only_one_request_writes_to_an_upload_at_a_time()
    {
        var repository = await CreateAsync("app");
        var upload = await Uploads.StartAsync(repository, Cancel);
        var slow = new Pipe();
        var first = Uploads.AppendAsync(repository, upload, new() { Content = slow.Reader }, Cancel);

        await FaultOf<UploadInUse>(() => Uploads.AppendAsync(repository, upload, Part(Content), Cancel));
        await slow.Writer.WriteAsync(Content, Cancel);
        await slow.Writer.CompleteAsync();
        await first;

        await Uploads.CompleteAsync(repository, upload, [Digest.Sha256Of(Content)], last: null, Cancel);
    }

    [Fact]
    public async Task A_layer_longer_than_the_quota_is_refused_and_leaves_nothing()
    {
        var repository = await CreateAsync("app");
        var content = new byte[Quotas.LayerSize + 1];

        await FaultOf<LayerTooLarge>(() => Uploads.StoreAsync(repository, Digest.Sha256Of(content), Part(content), Cancel));

        Assert.Empty(await StoredAsync());
    }

    [Fact]
    public async Task An_empty_blob_is_a_blob()
    {
        var repository = await CreateAsync("app");
        var upload = await Uploads.StartAsync(repository, Cancel);

        var done = await Uploads.CompleteAsync(repository, upload, [Digest.Sha256Of([])], last: null, Cancel);

        Assert.Empty(await ReadAsync(repository, done.Digest));
    }

    [Fact]
    public async Task The_same_layer_pushed_twice_at_once_is_stored_once()
    {
        var repository = await CreateAsync("app");
        var digest = Digest.Sha256Of(Content);

        var pushes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Uploads.StoreAsync(repository, digest, Part(Content), Cancel)));

        Assert.Single(pushes, push => !push.Existed);
        Assert.Single(await StoredAsync());
        Assert.Equal(Content, await ReadAsync(repository, digest));
    }

    [Fact]
    public async Task A_small_part_before_the_last_is_told_at_the_end_as_is_having_none()
    {
        var repository = await CreateAsync("app");
        var upload = await Uploads.StartAsync(repository, Cancel);
        await FaultOf<UploadEmpty>(() => Uploads.CheckPartsAsync(repository, upload, Cancel));
        await Uploads.AppendAsync(repository, upload, Part(Content[..10]), Cancel);
        await Uploads.CheckPartsAsync(repository, upload, Cancel);
        await Uploads.AppendAsync(repository, upload, Part(Content[10..]), Cancel);

        await FaultOf<LayerPartTooSmall>(() => Uploads.CheckPartsAsync(repository, upload, Cancel));
    }

    [Fact]
    public async Task A_cancelled_upload_leaves_nothing()
    {
        var repository = await CreateAsync("app");
        var upload = await Uploads.StartAsync(repository, Cancel);
        await Uploads.AppendAsync(repository, upload, Part(Content), Cancel);

        await Uploads.CancelAsync(repository, upload, Cancel);

        await FaultOf<UploadNotFound>(() => Uploads.CancelAsync(repository, upload, Cancel));
        Assert.Empty(await StoredAsync());
    }

    [Fact]
    public async Task An_upload_belongs_to_its_repository()
    {
        var repository = await CreateAsync("app");
        var other = await CreateAsync("other");
        var upload = await Uploads.StartAsync(repository, Cancel);

        await FaultOf<UploadNotFound>(() => Uploads.AppendAsync(other, upload, Part(Content), Cancel));
    }

    [Fact]
    public async Task A_layer_is_mounted_where_the_source_has_it_and_only_there()
    {
        var source = await CreateAsync("source");
        var target = await CreateAsync("target");
        var digest = await PushLayerAsync(source, Content);

        Assert.False(await Layers.MountAsync(target, RepositoryName.Parse("nowhere"), digest, mustBeReferenced: false, Cancel));
        Assert.False(await Layers.MountAsync(target, source.Name, Digest.Sha256Of("x"u8), mustBeReferenced: false, Cancel));
        Assert.True(await Layers.MountAsync(target, source.Name, digest, mustBeReferenced: false, Cancel));

        Assert.Equal(Content, await ReadAsync(target, digest));
        Assert.Equal("source target", string.Join(' ', (await Layers.FindSourcesAsync(target, digest, Cancel)).Order(Comparer<RepositoryName>.Create((left, right) => string.CompareOrdinal(left.ToString(), right.ToString())))));
    }

    /// <summary>A connection that breaks after some bytes.</summary>
    private sealed class BreakingStream(byte[] before) : MemoryStream(before)
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            await base.ReadAsync(buffer, cancellationToken) is > 0 and var read ? read : throw new IOException("the connection broke");
    }
}
