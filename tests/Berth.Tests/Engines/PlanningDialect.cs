using System.Data.Common;
using Berth.Storage.Rows;

namespace Berth.Tests.Engines;

/// <summary>A database that writes down, for every statement that reads, how it means to find the rows.</summary>
/// <param name="database">Holds the rows.</param>
/// <param name="dialect">How it is opened otherwise.</param>
internal sealed class PlanningDialect(TestDatabase database, Dialect dialect) : Dialect
{
    /// <summary>Statement and plan of everything that was read.</summary>
    public List<(string Sql, IReadOnlyList<string> Plan)> Plans { get; } = [];

    internal override Engine Open() => new PlanningEngine(this, dialect.Open());

    internal override bool IsMissingTable(DbException error) => dialect.IsMissingTable(error);

    internal override Exception Translate(DbException error) => dialect.Translate(error);

    // Writes go the usual way; what is read is read over a connection that explains before it answers.
    private sealed class PlanningEngine(PlanningDialect owner, Engine engine) : Engine
    {
        public override async Task<T> ReadAsync<T>(Func<Snapshot, Task<T>> read, CancellationToken cancel)
        {
            await using var connection = await owner.database.ConnectAsync();
            await using var explaining = new PlanningConnection(connection, (sql, plan) => owner.Plans.Add((sql, plan)), owner.database.Explain);
            return await read(new Snapshot(explaining, owner, cancel));
        }

        public override Task<Committed<T>> WriteAsync<T>(Func<Transaction, Task<T>> write, CancellationToken cancel) =>
            engine.WriteAsync(write, cancel);

        public override Task MigrateAsync(Func<Transaction, Task> migrate, CancellationToken cancel) => engine.MigrateAsync(migrate, cancel);

        public override ValueTask DisposeAsync() => engine.DisposeAsync();
    }

    private readonly TestDatabase database = database;
}
