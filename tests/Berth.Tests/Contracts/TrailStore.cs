using System.Text;
using Berth.Storage.Rows;
using Berth.Tests.Engines;
using Berth.Trail;
using Berth.Vocabulary;
using Microsoft.Extensions.Time.Testing;

namespace Berth.Tests.Contracts;

/// <summary>A database of a test's own, and events to put into it.</summary>
public abstract class TrailStore(TestDatabase engine) : IAsyncLifetime
{
    private protected static readonly RegistryId Home = new(AccountId.Parse("123456789012"), RegionName.Parse("us-east-1"));

    private protected FakeTimeProvider Time { get; } = new(new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero));

    private protected Database Database { get; private set; } = null!;

    private protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => Database = await Database.OpenAsync(await engine.GetDialectAsync(), Time, Cancel);

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Database.DisposeAsync();
        await engine.DisposeAsync();
    }

    private protected static TrailEvent Event(string name) => Event(name, Ids.NewGuid().ToString("D"));

    private static TrailEvent Event(string name, string id) => new(id, Home, Start, name, "ecr.amazonaws.com")
    {
        IsReadOnly = false,
        Username = "ann",
        AccessKeyId = "AKIAANN",
        Resources = [new(TrailResource.Repository, Home.RepositoryArn("app"))],
        Record = Encoding.UTF8.GetBytes($$"""{"eventID":"{{id}}"}"""),
    };

    private static readonly DateTimeOffset Start = new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero);

    private protected static Ids Ids { get; } = new();

    private protected async Task RecordAsync(params IReadOnlyList<TrailEvent> events)
    {
        var writer = new TrailWriter(Ids, Time);
        await Database.WriteAsync(
            async tx =>
            {
                foreach (var what in events)
                {
                    await writer.AppendAsync(tx, what.Name is "Young" ? what with { Time = Time.GetUtcNow() } : what);
                }
            },
            Cancel);
    }

    private protected Task<long?> CountAsync(string table) =>
        Database.ReadAsync(rows => rows.FindAsync<long?>($"SELECT COUNT(*) FROM {table}"), Cancel);
}
