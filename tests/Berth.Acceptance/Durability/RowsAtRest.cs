using Berth.Acceptance.Running;
using Microsoft.Data.Sqlite;

namespace Berth.Acceptance.Durability;

/// <summary>The rows of a server that does not run, read from a copy: to look must not mend what a crash left.</summary>
internal static class RowsAtRest
{
    /// <summary>The number that a statement gives.</summary>
    public static long Count(Server server, string sql)
    {
        using var copy = new Scratch();
        foreach (var file in Directory.EnumerateFiles(server.Data, "berth.db*"))
        {
            File.Copy(file, copy.Path(Path.GetFileName(file)));
        }

        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = copy.Path("berth.db"),
            Pooling = false,
        }.ConnectionString);
        connection.CreateCollation("C", string.CompareOrdinal);
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // the statements stand in the tests
        command.CommandText = sql;
#pragma warning restore CA2100
        return (long)command.ExecuteScalar()!;
    }
}
