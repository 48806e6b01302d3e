using System.Data.Common;
using Berth.Vocabulary;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Berth.Storage.Rows;

/// <summary>
/// SQLite, in a folder of its own that one process at a time may use: within it one connection writes and runs every
/// checkpoint. (Several that do are what the WAL-reset bug of SQLite before 3.51.3 needs to damage a database.)
/// </summary>
/// <param name="folder">Made when it does not exist, readable by its owner only.</param>
public sealed class SqliteDialect(string folder) : Dialect
{
    private const string DatabaseFile = "berth.db";
    private const string LockFile = "berth.lock";

    internal override bool HasOneProcess => true;

    internal override Engine Open()
    {
        CreateFolder();
        var processLock = TakeLock();
        try
        {
            return new SqliteEngine(this, processLock);
        }
        catch (SqliteException error)
        {
            processLock.Dispose();
            throw new DatabaseRefusedException($"the database in '{folder}' cannot be opened: {error.Message}", error);
        }
    }

    /// <summary>Opens the connection that writes. The database is made when it does not exist.</summary>
    internal SqliteConnection OpenWriter() => Open(
        SqliteOpenMode.ReadWriteCreate,
        "PRAGMA journal_mode = WAL",
        "PRAGMA synchronous = FULL",
        "PRAGMA foreign_keys = ON",
        "PRAGMA journal_size_limit = 67108864"); // bytes the log is cut back to after a long read has let it grow

    /// <summary>Opens a connection that reads.</summary>
    internal SqliteConnection OpenReader() => Open(SqliteOpenMode.ReadOnly, "PRAGMA wal_autocheckpoint = 0");

    internal override bool IsMissingTable(DbException error) =>
        error is SqliteException { SqliteErrorCode: raw.SQLITE_ERROR }
        && error.Message.Contains("no such table", StringComparison.Ordinal);

    internal override Exception Translate(DbException error) => error switch
    {
        SqliteException { SqliteExtendedErrorCode: raw.SQLITE_CONSTRAINT_UNIQUE or raw.SQLITE_CONSTRAINT_PRIMARYKEY } =>
            new UniqueViolationException(error),
        SqliteException { SqliteErrorCode: raw.SQLITE_FULL } => new StorageFull().AsException(),
        SqliteException
        {
            SqliteErrorCode: raw.SQLITE_IOERR or raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_CANTOPEN
                or raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB or raw.SQLITE_NOMEM
        } => new StorageUnavailable(error.Message).AsException(),
        _ => error,
    };

    private SqliteConnection Open(SqliteOpenMode mode, params IEnumerable<string> settings)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = Path.Combine(folder, DatabaseFile),
            Mode = mode,
            Pooling = false,
        }.ToString());
        try
        {
            connection.Open();
            RegisterOrder(connection);
            foreach (var setting in settings.Prepend("PRAGMA busy_timeout = 5000"))
            {
                Execute(connection, setting);
            }

            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    // One statement at a time: of several, the errors of those after the first that returns a row are lost.
    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = new SqliteCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    // PostgreSQL's order "C": by the bytes of UTF-8. Comparing them as they lie in the page makes no strings.
    private static void RegisterOrder(SqliteConnection connection) =>
        SqliteException.ThrowExceptionForRC(
            raw.sqlite3__create_collation_utf8(connection.Handle!, "C", v: null, static (_, left, right) =>
                left.SequenceCompareTo(right)),
            connection.Handle);

    private void CreateFolder()
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    // The file stays when the lock is given back: deleting it could take it from under the next process.
    private FileStream TakeLock()
    {
        try
        {
            return new(Path.Combine(folder, LockFile), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException error)
        {
            throw new DatabaseRefusedException($"the database in '{folder}' is in use by another process", error) { IsInUse = true };
        }
    }
}
