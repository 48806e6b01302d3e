using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using Berth.Bench.Policies;
using Berth.Identity;
using Berth.Registry;
using Berth.Server.Aws;
using Berth.Server.Gate;
using Berth.Storage.Blobs;
using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Bench.Listings;

/// <summary>
/// A registry of so many repositories, of which one has so many images with a tag each, and another as many of which one in a
/// thousand has a tag. It is filled beside the domain, row by row, once in a run.
/// </summary>
internal sealed class LargeRegistry
{
    private const int Batch = 10_000;

    private static readonly ConcurrentDictionary<int, LargeRegistry> Filled = new();
    private static readonly RegistryId Registry = new(AccountId.Parse(SamplePolicies.Account), RegionName.Parse("us-east-1"));

    private readonly Call call;

    private LargeRegistry(Database database, Keyring keyring, string folder)
    {
        var (time, ids, changes) = (TimeProvider.System, new Ids(), new IdentityChanges());
        Database = database;
        (Tokens, Quotas) = (new(keyring), new(database, time, new()));
        Repositories = new(database, new(database, new(), changes, time), Quotas, ids, time);
        var blobs = new SealedBlobs(new FileBlobStore(folder), keyring, ids);
        Images = new(database, new(database, blobs, ids, time), new(time, ids), Quotas, time);
        Pulls = new(new(database, time), new(database, Quotas, time), new(database, new(), changes, time));
        var caller = new Caller(Principal.Root(Registry.Account, "aws"), "AKIABENCHBENCHBENCH1");
        call = new(caller, Registry.Region, "bench", new(IPAddress.Loopback, IsSecure: true, "bench", Referer: null, Registry.Region, time.GetUtcNow()));
    }

    public Database Database { get; }

    public PageTokens Tokens { get; }

    public AccountQuotas Quotas { get; }

    public Repositories Repositories { get; }

    public Images Images { get; }

    public Pulls Pulls { get; }

    /// <summary>How the registry is called by clients.</summary>
    public RegistryHosts Hosts { get; } = new(new() { Home = Registry, Scheme = "https", Port = 443 });

    /// <summary>The repository that has all images tagged.</summary>
    public static RepositoryId Full { get; } = new(Registry, RepositoryName.Parse("full"));

    /// <summary>The repository with few tags.</summary>
    public static RepositoryId Sparse { get; } = new(Registry, RepositoryName.Parse("sparse"));

    /// <summary>The registry of a size.</summary>
    public static LargeRegistry Of(int size) => Filled.GetOrAdd(size, count => FillAsync(count).GetAwaiter().GetResult());

    /// <summary>The tag of an image in <see cref="Full"/>.</summary>
    public static string TagOf(int number) => string.Create(CultureInfo.InvariantCulture, $"v{number:000000}");

    /// <summary>Calls an operation as the wire does once it knows who asks.</summary>
    public async Task<TResponse> CallAsync<TResponse>(Operation operation, object request) =>
        (TResponse)await operation.InvokeAsync(call, request, CancellationToken.None);

    private static async Task<LargeRegistry> FillAsync(int size)
    {
        var folder = Directory.CreateTempSubdirectory("berth-bench").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        var database = await Database.OpenAsync(new SqliteDialect(folder), TimeProvider.System, CancellationToken.None);
        var registry = new LargeRegistry(database, Keyring.LoadOrCreate(Path.Combine(folder, "keyring"), new Ids(), TimeProvider.System), folder);
        var (full, sparse) = (await registry.CreateAsync(Full), await registry.CreateAsync(Sparse));
        for (var first = 0; first < size; first += Batch)
        {
            var numbers = Enumerable.Range(first, Math.Min(Batch, size - first)).ToList();
            await database.WriteAsync(tx => FillAsync(tx, full, numbers, isTagged: _ => true), CancellationToken.None);
            await database.WriteAsync(tx => FillAsync(tx, sparse, numbers, isTagged: number => number % 1000 == 0), CancellationToken.None);
            await database.WriteAsync(tx => FillAsync(tx, numbers), CancellationToken.None);
        }

        return registry;
    }

    private async Task<string> CreateAsync(RepositoryId id) =>
        (await Repositories.CreateAsync(id, new() { TagMutability = TagMutabilityRule.Default }, CancellationToken.None)).Key;

    private static async Task FillAsync(Transaction tx, string repository, IReadOnlyList<int> numbers, Func<int, bool> isTagged)
    {
        var images = numbers.Select(number => new
        {
            repository,
            digest = DigestOf(number),
            type = MediaType.OciManifest,
            config = MediaType.OciConfig,
            tags = isTagged(number) ? 1 : 0,
            tag = TagOf(number),
            content = new byte[1000],
        }).ToList();
        await tx.ExecuteAsync(
            """
            INSERT INTO image (repository_id, digest, media_type, config_type, manifest_size, size, tag_count, pushed_at)
            VALUES (@repository, @digest, @type, @config, 1000, 50000000, @tags, 0)
            """,
            images);
        await tx.ExecuteAsync("INSERT INTO manifest (repository_id, digest, content) VALUES (@repository, @digest, @content)", images);
        await tx.ExecuteAsync(
            "INSERT INTO tag (repository_id, name, digest, created_at, moved_at) VALUES (@repository, @tag, @digest, 0, 0)",
            images.Where(image => image.tags > 0));
    }

    private static Task FillAsync(Transaction tx, IReadOnlyList<int> numbers) => tx.ExecuteAsync(
        """
        INSERT INTO repository (id, account, region, name, created_at, tag_mutability, exclusion_filters, scan_on_push, scope, image_count)
        VALUES (@name, @account, @region, @name, 0, 'MUTABLE', '[]', FALSE, 'us-east-1', 0)
        """,
        numbers.Select(number => new
        {
            name = string.Create(CultureInfo.InvariantCulture, $"team/service-{number:000000}"),
            account = Registry.Account.ToString(),
            region = Registry.Region.ToString(),
        }));

    private static string DigestOf(int number)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        return Digest.Sha256Of(bytes).ToString();
    }
}
