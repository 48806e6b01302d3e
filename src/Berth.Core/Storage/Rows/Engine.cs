namespace Berth.Storage.Rows;

/// <summary>A database that is open: its connections, and how a transaction is run on them.</summary>
internal abstract class Engine : IAsyncDisposable
{
    /// <summary>Reads within one read-only transaction.</summary>
    public abstract Task<T> ReadAsync<T>(Func<Snapshot, Task<T>> read, CancellationToken cancel);

    /// <summary>Writes within one serializable transaction, which is durable when this returns.</summary>
    public abstract Task<Committed<T>> WriteAsync<T>(Func<Transaction, Task<T>> write, CancellationToken cancel);

    /// <summary>Changes the schema within one transaction, while no other process does.</summary>
    public abstract Task MigrateAsync(Func<Transaction, Task> migrate, CancellationToken cancel);

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();
}

/// <summary>A transaction that is durable, and what its delegate returned.</summary>
internal readonly record struct Committed<T>(Transaction Transaction, T Result);
