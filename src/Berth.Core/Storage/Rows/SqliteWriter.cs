using System.Data.Common;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Berth.Storage.Rows;

/// <summary>
/// The only connection that writes, and the loop that owns it. Writes that wait are made durable together: making
/// one durable costs as much as making a hundred. Each has a savepoint of its own, so that one that fails takes back
/// only what it did.
/// </summary>
internal sealed class SqliteWriter : IAsyncDisposable
{
    private const int MaxBatch = 256;

    private readonly Channel<QueuedWrite> queue = Channel.CreateUnbounded<QueuedWrite>(new() { SingleReader = true });
    private readonly SqliteDialect dialect;
    private readonly SqliteConnection connection;
    private readonly SqliteCommand begin;
    private readonly SqliteCommand mark;
    private readonly SqliteCommand keep;
    private readonly SqliteCommand takeBack;
    private readonly SqliteCommand commit;
    private readonly Task loop;

    public SqliteWriter(SqliteDialect dialect)
    {
        this.dialect = dialect;
        connection = dialect.OpenWriter();
        begin = new("BEGIN IMMEDIATE", connection);
        mark = new("SAVEPOINT caller", connection);
        keep = new("RELEASE caller", connection);
        takeBack = new("ROLLBACK TO caller; RELEASE caller", connection);
        commit = new("COMMIT", connection);
        loop = Task.Run(RunAsync);
    }

    private bool InTransaction => raw.sqlite3_get_autocommit(connection.Handle!) == 0;

    public async Task<Committed<T>> WriteAsync<T>(Func<Transaction, Task<T>> write, CancellationToken cancel)
    {
        var queued = new QueuedWrite<T>(write) { Transaction = new(connection, dialect) };
        ObjectDisposedException.ThrowIf(!queue.Writer.TryWrite(queued), this);
        await using var registration = cancel.UnsafeRegister(queued.Cancel, state: null);
        return await queued.Outcome;
    }

    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await loop;
        await connection.DisposeAsync();
    }

    private async Task RunAsync()
    {
        var batch = new List<QueuedWrite>(MaxBatch);
        while (await queue.Reader.WaitToReadAsync())
        {
            while (batch.Count < MaxBatch && queue.Reader.TryRead(out var write))
            {
                if (write.TryStart())
                {
                    batch.Add(write);
                }
            }

            await RunAsync(batch);
            batch.Clear();
        }
    }

    // Every caller waits for the commit, also one that failed: it may have failed on a row of a neighbour.
    private async Task RunAsync(List<QueuedWrite> batch)
    {
        try
        {
            begin.ExecuteNonQuery();
            foreach (var write in batch)
            {
                await RunAsync(write);
            }

            commit.ExecuteNonQuery();
        }
        catch (Exception error)
        {
            RollBack();
            var failure = error is DbException database ? dialect.Translate(database) : error;
            batch.ForEach(write => write.Fail(failure));
            return;
        }

        batch.ForEach(write => write.Complete());
    }

    // On a full disk SQLite may take back the whole transaction on its own: then the batch has failed with this write.
    private async Task RunAsync(QueuedWrite write)
    {
        mark.ExecuteNonQuery();
        if (await write.TryRunAsync(dialect))
        {
            keep.ExecuteNonQuery();
        }
        else if (InTransaction)
        {
            takeBack.ExecuteNonQuery();
        }
        else
        {
            throw write.Transaction.Failure!;
        }
    }

    private void RollBack()
    {
        if (InTransaction)
        {
            using var command = new SqliteCommand("ROLLBACK", connection);
            command.ExecuteNonQuery();
        }
    }
}
