using System.Data.Common;
using Berth.Storage.Rows;
using Berth.Vocabulary;
using Npgsql;

namespace Berth.Tests.Engines;

/// <summary>An empty database of one test's own, gone after it.</summary>
public abstract class TestDatabase : IAsyncDisposable
{
    /// <summary>How to open it: the same database each time.</summary>
    public abstract Task<Dialect> GetDialectAsync();

    /// <summary>What the database wants before a statement that it is to explain.</summary>
    public abstract string Explain { get; }

    /// <summary>
    /// A connection beside those of the dialect. It takes any way to the rows before it reads a whole table or sorts, however
    /// few rows there are.
    /// </summary>
    public abstract Task<DbConnection> ConnectAsync();

    public abstract ValueTask DisposeAsync();
}

public sealed class SqliteTestDatabase : TestDatabase
{
    private readonly TemporaryFolder folder = new();

    public override Task<Dialect> GetDialectAsync() => Task.FromResult<Dialect>(new SqliteDialect(folder.Path));

    public override string Explain => "EXPLAIN QUERY PLAN ";

    // SQLite has no figures of the rows, so that a plan is the same for few as for many.
    public override Task<DbConnection> ConnectAsync() => Task.FromResult<DbConnection>(new SqliteDialect(folder.Path).OpenReader());

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

    public override string Explain => "EXPLAIN ";

    public override async Task<DbConnection> ConnectAsync()
    {
        var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var settings = new NpgsqlCommand(
            "SET enable_seqscan = off; SET enable_sort = off; SET enable_bitmapscan = off", connection);
        await settings.ExecuteNonQueryAsync();
        return connection;
    }

    public override async ValueTask DisposeAsync()
    {
        if (connectionString is not null)
        {
            await server.DropDatabaseAsync(connectionString);
        }
    }
}
