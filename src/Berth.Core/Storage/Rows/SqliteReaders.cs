using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Berth.Storage.Rows;

/// <summary>Connections that read. They are opened as they are needed, and kept.</summary>
internal sealed class SqliteReaders(SqliteDialect dialect) : IDisposable
{
    // A read is work for a core and now and then a wait for the disk: twice the cores keep both busy.
    private static readonly int Limit = Math.Max(4, Environment.ProcessorCount * 2);

    private readonly SemaphoreSlim places = new(Limit);
    private readonly ConcurrentStack<Reader> idle = new();
    private volatile bool closed;

    public async Task<T> ReadAsync<T>(Func<Snapshot, Task<T>> read, CancellationToken cancel)
    {
        await places.WaitAsync(cancel);
        try
        {
            return await ReadAsync(Take(), read, cancel);
        }
        finally
        {
            places.Release();
        }
    }

    public void Dispose()
    {
        closed = true;
        while (idle.TryPop(out var reader))
        {
            reader.Dispose();
        }
    }

    private async Task<T> ReadAsync<T>(Reader reader, Func<Snapshot, Task<T>> read, CancellationToken cancel)
    {
        var snapshot = new Snapshot(reader.Connection, dialect, cancel);
        try
        {
            reader.Begin.ExecuteNonQuery();
            return await read(snapshot);
        }
        finally
        {
            snapshot.End();
            Return(reader);
        }
    }

    private Reader Take()
    {
        ObjectDisposedException.ThrowIf(closed, this);
        try
        {
            return idle.TryPop(out var reader) ? reader : new(dialect.OpenReader());
        }
        catch (SqliteException error)
        {
            throw dialect.Translate(error);
        }
    }

    // A connection whose transaction does not end is not used again.
    private void Return(Reader reader)
    {
        if (reader.TryEnd() && !closed)
        {
            idle.Push(reader);
        }
        else
        {
            reader.Dispose();
        }
    }

    private sealed class Reader(SqliteConnection connection) : IDisposable
    {
        // The commands live as long as the connection, so that they are compiled once.
        private readonly SqliteCommand end = new("COMMIT", connection);

        public SqliteConnection Connection => connection;

        public SqliteCommand Begin { get; } = new("BEGIN", connection);

        public bool TryEnd()
        {
            try
            {
                end.ExecuteNonQuery();
                return true;
            }
            catch (SqliteException)
            {
                return false;
            }
        }

        public void Dispose()
        {
            Begin.Dispose();
            end.Dispose();
            connection.Dispose();
        }
    }
}
