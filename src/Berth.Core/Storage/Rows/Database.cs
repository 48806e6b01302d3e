namespace Berth.Storage.Rows;

/// <summary>
/// The rows of the registry, in SQLite or PostgreSQL. Domain classes keep their SQL beside the method that uses it and
/// reach it through the two methods here.
/// </summary>
/// <remarks>
/// Reads see one snapshot; writes take effect as if one after another. A delegate that writes may run more than once and
/// may run while others wait for it, so it has no effect but its SQL and waits for nothing else: no network, no files,
/// no call back into this class. What must happen afterwards goes through <see cref="Transaction.OnCommitted"/>.
/// One text serves both databases. Parameters are strings, integers, booleans, byte arrays and null; times are Unix
/// milliseconds; a row is a record with <c>init</c> properties, or a single value.
/// A row that stands in the way of a unique key is a <see cref="UniqueViolationException"/>; a full disk and a database
/// that does not answer are the faults <c>StorageFull</c> and <c>StorageUnavailable</c>.
/// </remarks>
public sealed class Database : IAsyncDisposable
{
    private readonly Engine engine;

    private Database(Engine engine, Dialect dialect) => (this.engine, HasOneProcess) = (engine, dialect.HasOneProcess);

    /// <summary>Whether no other process can have it open while this one has.</summary>
    public bool HasOneProcess { get; }

    /// <summary>
    /// Opens the database and brings its schema up to date. One that is in use by another process (SQLite) or newer than
    /// the program is a <see cref="DatabaseRefusedException"/>.
    /// </summary>
    public static async Task<Database> OpenAsync(Dialect dialect, TimeProvider time, CancellationToken cancel)
    {
        var opened = dialect.Open();
        try
        {
            await Migrations.Embedded.ApplyAsync(opened, time, cancel);
        }
        catch
        {
            await opened.DisposeAsync();
            throw;
        }

        return new(opened, dialect);
    }

    /// <summary>Reads from one consistent snapshot of what is committed.</summary>
    public Task<T> ReadAsync<T>(Func<RowReader, Task<T>> read, CancellationToken cancel) =>
        engine.ReadAsync(read, cancel);

    /// <summary>
    /// Runs a delegate as one transaction and returns when it is durable. A delegate that throws leaves nothing behind. A
    /// caller that gives up while it waits its turn is skipped; once its delegate runs, it completes.
    /// </summary>
    public async Task<T> WriteAsync<T>(Func<Transaction, Task<T>> write, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        var joined = WriteCompanion.Current?.Prepare() is { } join ? Joined(write, join) : write;
        var (transaction, result) = await engine.WriteAsync(joined, cancel);
        transaction.RunCommitted();
        return result;
    }

    /// <inheritdoc cref="WriteAsync{T}"/>
    public Task WriteAsync(Func<Transaction, Task> write, CancellationToken cancel) =>
        WriteAsync(
            async transaction =>
            {
                await write(transaction);
                return true;
            },
            cancel);

    private static Func<Transaction, Task<T>> Joined<T>(Func<Transaction, Task<T>> write, Func<Transaction, Task> join) =>
        async transaction =>
        {
            var result = await write(transaction);
            await join(transaction);
            return result;
        };

    /// <summary>Completes the writes that wait, then closes every connection.</summary>
    public ValueTask DisposeAsync() => engine.DisposeAsync();
}
