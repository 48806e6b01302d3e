using Berth.Identity;
using Berth.Identity.Organizations;
using Berth.Storage.Blobs;
using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Server.Hosting;

/// <summary>The two things that are kept: rows and bytes, with the keys that seal them.</summary>
internal sealed class Stores : IAsyncDisposable
{
    private readonly IBlobStore store;

    private Stores(Keyring keyring, Database database, IBlobStore store, Ids ids) =>
        (Keyring, Database, this.store, Blobs, Ids) = (keyring, database, store, new(store, keyring, ids), ids);

    public Keyring Keyring { get; }

    public Database Database { get; }

    public SealedBlobs Blobs { get; }

    public Ids Ids { get; }

    /// <summary>What all accounts belong to.</summary>
    public required Organization Organization { get; init; }

    /// <summary>Tells whoever keeps something of IAM's rows in memory.</summary>
    public IdentityChanges IdentityChanges { get; } = new();

    /// <summary>Opens the data folder, which is made when it does not exist.</summary>
    public static async Task<Stores> OpenAsync(BerthOptions options, TimeProvider time, Ids ids, CancellationToken cancel)
    {
        // The database comes first: its lock keeps a second process from everything else in the folder.
        var database = await Database.OpenAsync(new SqliteDialect(options.Data), time, cancel);
        try
        {
            var keyring = await KeyringMark.OpenAsync(database, options.KeyringPath, ids, time, cancel);
            await RefuseLostArchiveAsync(database, options, cancel);
            return new(keyring, database, new FileBlobStore(options.Data, options.BlobArchive), ids)
            {
                Organization = new(keyring, options.AccountId, options.Region.Partition),
            };
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    // A layer that cannot be found would count as damaged; better nothing starts than that.
    private static async Task RefuseLostArchiveAsync(Database database, BerthOptions options, CancellationToken cancel)
    {
        if (options.BlobArchive is { } archive
            ? string.Equals(Path.TrimEndingDirectorySeparator(archive), Path.TrimEndingDirectorySeparator(options.Data), StringComparison.Ordinal)
            : await database.ReadAsync(
                rows => rows.FindAsync<string>("SELECT digest FROM blob WHERE storage_class <> 'STANDARD' LIMIT 1"), cancel) is not null)
        {
            throw new ConfigurationException(options.BlobArchive is null
                ? "Blobs:Archive is not set, but layers of archived images were moved there; set it to the folder that it was"
                : "Blobs:Archive is the data folder itself; name another");
        }
    }

    /// <summary>Returns when rows and bytes have answered; a store that does not is a fault.</summary>
    public async Task ProbeAsync(CancellationToken cancel)
    {
        await Database.ReadAsync(rows => rows.FindAsync<long?>("SELECT 1"), cancel);
        var nothing = new BlobKey(new("none"), Digest.Sha256Of([]), Guid.Empty);
        if (await store.OpenAsync(nothing, cancel) is { } reader)
        {
            await reader.DisposeAsync();
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Database.DisposeAsync();
}
