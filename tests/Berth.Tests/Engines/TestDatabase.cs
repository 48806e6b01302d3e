using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Tests.Engines;

/// <summary>An empty database of one test's own, gone after it.</summary>
public abstract class TestDatabase : IAsyncDisposable
{
    /// <summary>How to open it: the same database each time.</summary>
    public abstract Task<Dialect> GetDialectAsync();

    public abstract ValueTask DisposeAsync();
}

public sealed class SqliteTestDatabase : TestDatabase
{
    private readonly TemporaryFolder folder = new();

    public override Task<Dialect> GetDialectAsync() => Task.FromResult<Dialect>(new SqliteDialect(folder.Path));

    public override ValueTask DisposeAsync()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }
}

public sealed class PostgreSqlTestDatabase(PostgreSqlServer server) : TestDatabase
{
    private string? connectionString;

    public override async Task<Dialect> GetDialectAsync() =>
        new PostgreSqlDialect(connectionString ??= await server.CreateDatabaseAsync(), new Ids());

    public override async ValueTask DisposeAsync()
    {
        if (connectionString is not null)
        {
            await server.DropDatabaseAsync(connectionString);
        }
    }
}
