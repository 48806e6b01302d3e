using System.Data.Common;
using Berth.Vocabulary;
using Npgsql;

namespace Berth.Storage.Rows;

/// <summary>
/// PostgreSQL 15 or later, directly or through pgbouncer in transaction mode: nothing here outlives a transaction on the
/// server (no session settings, session locks or prepared statements).
/// </summary>
/// <param name="connectionString">As Npgsql reads it.</param>
/// <param name="ids">For the jitter between attempts.</param>
public sealed class PostgreSqlDialect(string connectionString, Ids ids) : Dialect
{
    internal override Engine Open()
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { NoResetOnClose = true, MaxAutoPrepare = 0 };
        return new PostgreSqlEngine(this, NpgsqlDataSource.Create(settings), ids);
    }

    internal override bool IsMissingTable(DbException error) =>
        error is PostgresException { SqlState: PostgresErrorCodes.UndefinedTable };

    /// <summary>Whether the transaction lost to another and may win when it runs again.</summary>
    internal static bool IsConflict(DbException error) =>
        error is PostgresException { SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected };

    internal override Exception Translate(DbException error) => error switch
    {
        PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } => new UniqueViolationException(error),
        PostgresException { SqlState: PostgresErrorCodes.DiskFull } => new StorageFull().AsException(),
        PostgresException { SqlState: var state } when !IsOutage(state) => error,
        _ => new StorageUnavailable(error.Message).AsException(),
    };

    // Error classes of PostgreSQL's appendix A: connection, conflict, resources, intervention by the operator, system.
    private static bool IsOutage(string state) => state[..2] is "08" or "40" or "53" or "57" or "58";
}
