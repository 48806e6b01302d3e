using System.Data.Common;
using Dapper;

namespace Berth.Storage.Rows;

/// <summary>Reads rows, within whatever transaction it belongs to. It is of no use once its delegate has returned.</summary>
public abstract class RowReader
{
    private readonly DbConnection connection;
    private readonly Dialect dialect;
    private readonly CancellationToken cancel;
    private bool ended;

    // Columns are spelt as SQL has them, properties as C# has them.
    static RowReader() => DefaultTypeMap.MatchNamesWithUnderscores = true;

    private protected RowReader(DbConnection connection, Dialect dialect, CancellationToken cancel)
    {
        this.connection = connection;
        this.dialect = dialect;
        this.cancel = cancel;
    }

    /// <summary>The first statement that failed. It ends the transaction, even where the delegate caught its error.</summary>
    internal DbException? Failure { get; private set; }

    /// <summary>Whether a statement failed because its table does not exist.</summary>
    internal bool FailedOnMissingTable => Failure is { } failure && dialect.IsMissingTable(failure);

    /// <summary>All rows of a query, held in memory: the statement bounds their number.</summary>
    public async Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object? parameters = null) =>
        (await WatchAsync(connection.QueryAsync<T>(Command(sql, parameters)))).AsList();

    /// <summary>
    /// The first row of a query, or null when there is none. A single value that is not a reference is asked for as a
    /// nullable one (<c>long?</c>), so that nothing is told from zero.
    /// </summary>
    public Task<T?> FindAsync<T>(string sql, object? parameters = null) =>
        WatchAsync(connection.QueryFirstOrDefaultAsync<T?>(Command(sql, parameters)));

    /// <summary>Makes every later use an error: it would fall into another caller's transaction.</summary>
    internal void End() => ended = true;

    private protected Task<int> ExecuteCoreAsync(string sql, object? parameters) =>
        WatchAsync(connection.ExecuteAsync(Command(sql, parameters)));

    // After an error PostgreSQL refuses every further statement, and SQLite may have no transaction to run it in.
    private CommandDefinition Command(string sql, object? parameters)
    {
        if (ended)
        {
            throw new InvalidOperationException("a transaction was used after its delegate had returned");
        }

        return Failure is null
            ? new(sql, parameters, cancellationToken: cancel)
            : throw new InvalidOperationException("a transaction was used after one of its statements had failed", Failure);
    }

    private async Task<T> WatchAsync<T>(Task<T> statement)
    {
        try
        {
            return await statement;
        }
        catch (DbException error)
        {
            Failure ??= error;
            throw dialect.Translate(error);
        }
    }
}

/// <summary>Reads what was committed at one moment.</summary>
public sealed class Snapshot : RowReader
{
    internal Snapshot(DbConnection connection, Dialect dialect, CancellationToken cancel)
        : base(connection, dialect, cancel)
    {
    }
}

/// <summary>Reads and writes; all of it takes effect at once, or none of it.</summary>
public sealed class Transaction : RowReader
{
    private List<Action>? committed;

    internal Transaction(DbConnection connection, Dialect dialect)
        : base(connection, dialect, CancellationToken.None)
    {
    }

    /// <summary>Runs a statement and returns how many rows it changed.</summary>
    public Task<int> ExecuteAsync(string sql, object? parameters = null) => ExecuteCoreAsync(sql, parameters);

    /// <summary>
    /// Has something done in memory once the transaction is durable and before its caller goes on, such as dropping a
    /// cached value. It is not done when the transaction fails, nor when the process ends in between.
    /// </summary>
    public void OnCommitted(Action action) => (committed ??= []).Add(action);

    internal void RunCommitted() => committed?.ForEach(action => action());
}
