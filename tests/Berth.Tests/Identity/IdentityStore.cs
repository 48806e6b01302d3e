using Berth.Identity;
using Berth.Storage.Blobs;
using Berth.Storage.Rows;
using Berth.Vocabulary;
using Microsoft.Extensions.Time.Testing;

namespace Berth.Tests.Identity;

/// <summary>A database, a keyring and a clock of the test's own.</summary>
public sealed class IdentityStore : IAsyncDisposable
{
    private readonly TemporaryFolder folder;

    private IdentityStore(TemporaryFolder folder) => this.folder = folder;

    public static Principal Root { get; } = Principal.Root(AccountId.Parse("123456789012"), "aws");

    public required Database Database { get; init; }

    public required Keyring Keyring { get; init; }

    public required FakeTimeProvider Time { get; init; }

    public Ids Ids { get; } = new();

    public static async Task<IdentityStore> OpenAsync()
    {
        var own = new TemporaryFolder();
        var time = new FakeTimeProvider(new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero));
        return new(own)
        {
            Database = await Database.OpenAsync(new SqliteDialect(own["db"]), time, CancellationToken.None),
            Keyring = Keyring.LoadOrCreate(own["keyring"], new Ids(), time),
            Time = time,
        };
    }

    public AccessKeys Keys(AccessKey? given = null) => new(Database, Keyring, new(), Time) { GivenRoot = given };

    /// <summary>Starts a node: establishes the root key as the host does.</summary>
    public Task<AccessKey> StartAsync(AccessKeys keys) =>
        new RootKeys(Database, keys, Ids, Time).EstablishAsync(Root, CancellationToken.None);

    public Task DeactivateAsync(AccessKey key) => Database.WriteAsync(
        rows => rows.ExecuteAsync("UPDATE access_key SET active = FALSE WHERE id = @Id", new { key.Id }),
        CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        folder.Dispose();
    }
}
