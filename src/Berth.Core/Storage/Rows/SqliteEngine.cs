namespace Berth.Storage.Rows;

/// <summary>One connection that writes, a few that read, and the lock that keeps other processes out.</summary>
internal sealed class SqliteEngine : Engine
{
    private readonly FileStream processLock;
    private readonly SqliteWriter writer;
    private readonly SqliteReaders readers;

    public SqliteEngine(SqliteDialect dialect, FileStream processLock)
    {
        this.processLock = processLock;
        writer = new(dialect);
        readers = new(dialect);
    }

    public override Task<T> ReadAsync<T>(Func<Snapshot, Task<T>> read, CancellationToken cancel) =>
        readers.ReadAsync(read, cancel);

    public override Task<Committed<T>> WriteAsync<T>(Func<Transaction, Task<T>> write, CancellationToken cancel) =>
        writer.WriteAsync(write, cancel);

    public override Task MigrateAsync(Func<Transaction, Task> migrate, CancellationToken cancel) =>
        writer.WriteAsync(
            async transaction =>
            {
                await migrate(transaction);
                return true;
            },
            cancel);

    // The writer's connection closes last, so that it runs the last checkpoint too.
    public override async ValueTask DisposeAsync()
    {
        readers.Dispose();
        await writer.DisposeAsync();
        await processLock.DisposeAsync();
    }
}
