using System.Data;
using System.Data.Common;
using Berth.Vocabulary;
using Npgsql;

namespace Berth.Storage.Rows;

/// <summary>
/// A pool of connections. Writes are serializable transactions that run again when they lose to another, so that both
/// databases promise the same.
/// </summary>
internal sealed class PostgreSqlEngine(PostgreSqlDialect dialect, NpgsqlDataSource source, Ids ids)
    : Engine
{
    private const int MaxAttempts = 24;
    private const long MigrationLock = 0x4265727468; // "Berth", among the advisory locks of the database

    private static readonly TimeSpan MaxPause = TimeSpan.FromMilliseconds(250);

    public override async Task<T> ReadAsync<T>(Func<Snapshot, Task<T>> read, CancellationToken cancel)
    {
        await using var connection = await OpenAsync(cancel);
        var snapshot = new Snapshot(connection, dialect, cancel);
        try
        {
            await ExecuteAsync(connection, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", cancel);
            var result = await read(snapshot);
            await ExecuteAsync(connection, "COMMIT", cancel);
            return result;
        }
        finally
        {
            snapshot.End();
        }
    }

    public override Task<Committed<T>> WriteAsync<T>(Func<Transaction, Task<T>> write, CancellationToken cancel) =>
        WriteAsync(write, IsolationLevel.Serializable, cancel);

    // Committed reads, because what is read after the lock was waited for must be what its last holder left.
    public override Task MigrateAsync(Func<Transaction, Task> migrate, CancellationToken cancel) =>
        WriteAsync(
            async transaction =>
            {
                await transaction.ExecuteAsync($"SELECT pg_advisory_xact_lock({MigrationLock})");
                await migrate(transaction);
                return true;
            },
            IsolationLevel.ReadCommitted,
            cancel);

    public override ValueTask DisposeAsync() => source.DisposeAsync();

    // The pause passes in real time where a test has made time stand still: what it waits for is another transaction.
    private async Task<Committed<T>> WriteAsync<T>(
        Func<Transaction, Task<T>> write, IsolationLevel isolation, CancellationToken cancel)
    {
        for (var attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            if (await TryWriteAsync(write, isolation, cancel) is { } committed)
            {
                return committed;
            }

            await Task.Delay(PauseAfter(attempt), TimeProvider.System, cancel);
        }

        throw new StorageUnavailable("too many writes at once on the same rows").AsException();
    }

    // Null when the transaction lost to another. One that caught the error of a statement has lost as well: the server
    // would answer its commit with a silent rollback.
    private async Task<Committed<T>?> TryWriteAsync<T>(
        Func<Transaction, Task<T>> write, IsolationLevel isolation, CancellationToken cancel)
    {
        await using var connection = await OpenAsync(cancel);
        await using var begun = await connection.BeginTransactionAsync(isolation, CancellationToken.None);
        var transaction = new Transaction(connection, dialect);
        try
        {
            var result = await write(transaction);
            if (transaction.Failure is { } failure)
            {
                throw dialect.Translate(failure);
            }

            await begun.CommitAsync(CancellationToken.None);
            return new Committed<T>(transaction, result);
        }
        catch (DbException error) when (PostgreSqlDialect.IsConflict(transaction.Failure ?? error))
        {
            return null;
        }
        catch (DbException error)
        {
            throw dialect.Translate(error);
        }
        catch when (transaction.Failure is { } failure && PostgreSqlDialect.IsConflict(failure))
        {
            return null;
        }
        finally
        {
            transaction.End();
        }
    }

    private async Task<NpgsqlConnection> OpenAsync(CancellationToken cancel)
    {
        try
        {
            return await source.OpenConnectionAsync(cancel);
        }
        catch (DbException error)
        {
            throw dialect.Translate(error);
        }
    }

    private async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancel)
    {
        try
        {
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync(cancel);
        }
        catch (DbException error)
        {
            throw dialect.Translate(error);
        }
    }

    private TimeSpan PauseAfter(int attempt)
    {
        var bound = Math.Min(MaxPause.TotalMilliseconds, 2 * Math.Pow(2, attempt));
        return TimeSpan.FromMilliseconds(bound * ids.NextFraction());
    }
}
