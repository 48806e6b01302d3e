using System.IO.Pipelines;
using System.Text;
using Berth.Collection;
using Berth.Identity;
using Berth.Jobs;
using Berth.Registry;
using Berth.Storage.Blobs;
using Berth.Storage.Rows;
using Berth.Tests.Engines;
using Berth.Vocabulary;
using Microsoft.Extensions.Time.Testing;

namespace Berth.Tests.Registry;

/// <summary>
/// The domain over a database of the test's own. What derives from it runs on SQLite and on PostgreSQL, so that every
/// statement of the domain is one text in truth.
/// </summary>
public abstract class RegistryContract(TestDatabase rows) : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();
    private Database? database;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected static RegistryId Home { get; } = new(AccountId.Parse("123456789012"), RegionName.Parse("us-east-1"));

    protected FakeTimeProvider Time { get; } = new(new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero));

    protected Quotas Quotas { get; } = new() { Repositories = 5, ImagesPerRepository = 4, TagsPerImage = 3, ResourceTags = 2, LayerSize = 1_000_000 };

    protected Retention Retention { get; set; } = new();

    protected Ids Ids { get; } = new();

    protected Database Database => database ?? throw new InvalidOperationException("the database is not open yet");

    protected string StoreFolder => folder.Path;

    protected string ArchiveFolder => folder["archive"];

    protected SealedBlobs Blobs { get; private set; } = null!;

    protected UploadSessions Sessions { get; private set; } = new();

    protected IdentityChanges IdentityChanges { get; } = new();

    protected RepositoryAccess RepositoryAccess => field ??= new(Database, new(), IdentityChanges, Time);

    protected AccountQuotas AccountQuotas => field ??= new(Database, Time, Quotas);

    protected Repositories Repositories => new(Database, RepositoryAccess, AccountQuotas, Ids, Time);

    protected RepositoryDeletion RepositoryDeletion => new(Database, RepositoryAccess, new(Time, Ids), Time);

    protected BlobMoves Moves => new(Database, Blobs, Ids, Time);

    protected JobQueue Jobs => new(Time, Ids);

    protected Images Images => new(Database, Moves, Jobs, AccountQuotas, Time);

    protected ImageListing Listing => new(Database);

    protected ImageDeletion Deletion => new(Database, Retention, Time);

    protected Layers Layers => new(Database, Blobs, Retention, Time);

    protected Uploads Uploads => new(Database, new(Database, Blobs, AccountQuotas, Time), Sessions, Ids, Time);

    protected Collector Collector => new(Database, Blobs, Sessions, Time);

    public async ValueTask InitializeAsync()
    {
        var keyring = Keyring.LoadOrCreate(folder["keyring"], Ids, Time);
        Blobs = new(new FileBlobStore(folder.Path, ArchiveFolder), keyring, Ids);
        database = await Database.OpenAsync(Over(rows, await rows.GetDialectAsync()), Time, Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await Sessions.DisposeAsync();
        await Database.DisposeAsync();
        await rows.DisposeAsync();
        folder.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>How the database is opened; for tests that look at how it does its work.</summary>
    private protected virtual Dialect Over(TestDatabase database, Dialect dialect) => dialect;

    protected static RepositoryId Id(string name) => new(Home, RepositoryName.Parse(name));

    protected async Task<RepositoryId> CreateAsync(string name, RepositorySettings? settings = null)
    {
        await Repositories.CreateAsync(Id(name), settings ?? new(), Cancel);
        return Id(name);
    }

    protected static UploadPart Part(byte[] content, long? first = null, long? length = null) =>
        new() { Content = PipeReader.Create(new(content)), First = first, Length = length };

    protected async Task<Digest> PushLayerAsync(RepositoryId repository, byte[] content)
    {
        var digest = Digest.Sha256Of(content);
        await Uploads.StoreAsync(repository, digest, Part(content), Cancel);
        return digest;
    }

    protected static byte[] Manifest(Digest config, params Digest[] layers) => Encoding.UTF8.GetBytes(
        $$"""
        {"schemaVersion":2,"mediaType":"{{MediaType.OciManifest}}",
         "config":{"mediaType":"{{MediaType.OciConfig}}","digest":"{{config}}","size":2},
         "layers":[{{string.Join(',', layers.Select(layer => $$"""{"mediaType":"application/vnd.oci.image.layer.v1.tar","digest":"{{layer}}","size":1}"""))}}]}
        """);

    protected static byte[] Index(params Digest[] images) => Encoding.UTF8.GetBytes(
        $$"""
        {"schemaVersion":2,"mediaType":"{{MediaType.OciIndex}}",
         "manifests":[{{string.Join(',', images.Select(image => $$"""{"mediaType":"{{MediaType.OciManifest}}","digest":"{{image}}","size":1}"""))}}]}
        """);

    /// <summary>Pushes an image of one layer, different for every <paramref name="content"/>.</summary>
    protected async Task<Digest> PushImageAsync(RepositoryId repository, string content, params string[] tags)
    {
        var config = await PushLayerAsync(repository, "{}"u8.ToArray());
        var layer = await PushLayerAsync(repository, Encoding.UTF8.GetBytes(content));
        return (await PutAsync(repository, Manifest(config, layer), tags)).Digest;
    }

    protected Task<PushedImage> PutAsync(RepositoryId repository, byte[] manifest, params string[] tags) =>
        Images.PutAsync(repository, new() { Content = manifest, Tags = [.. tags.Select(Tag.Parse)] }, Cancel);

    protected static async Task<TFault> FaultOf<TFault>(Func<Task> act)
        where TFault : Fault => Assert.IsType<TFault>((await Assert.ThrowsAsync<FaultException>(act)).Fault);

    /// <summary>Reads a layer back as a client would.</summary>
    protected async Task<byte[]> ReadAsync(RepositoryId repository, Digest digest)
    {
        var layer = await Layers.FindAsync(repository, digest, Cancel) ?? throw new InvalidOperationException("no such layer");
        await using var content = await Layers.OpenAsync(layer, Cancel);
        using var bytes = new MemoryStream();
        var writer = PipeWriter.Create(bytes, new(leaveOpen: true));
        await content.CopyToAsync(writer, 0, content.Length, Cancel);
        await writer.CompleteAsync();
        return bytes.ToArray();
    }

    /// <summary>Everything the store holds, blobs and staged objects.</summary>
    protected async Task<IReadOnlyList<StoredObject>> StoredAsync() =>
        await Blobs.ListAsync(DateTimeOffset.MaxValue, Cancel).ToListAsync(Cancel);

    /// <summary>What happens in another process: nothing that lies in memory is there.</summary>
    protected async Task RestartAsync()
    {
        await Sessions.DisposeAsync();
        Sessions = new();
    }
}
