using System.Data.Common;
using System.Reflection;

namespace Berth.Storage.Rows;

/// <summary>
/// The schema as numbered scripts, applied in the order of their names and never undone. The table <c>migration</c> names
/// those that a database has.
/// </summary>
internal sealed class Migrations(IReadOnlyList<Migrations.Script> scripts)
{
    private const string Folder = "Berth.Storage.Schema.";

    /// <summary>The scripts in <c>Storage/Schema</c>.</summary>
    public static Migrations Embedded { get; } = new(ReadEmbedded());

    /// <summary>Applies what a database lacks. One that lacks nothing costs one query.</summary>
    public async Task ApplyAsync(Engine engine, TimeProvider time, CancellationToken cancel)
    {
        if ((await engine.ReadAsync(ReadAppliedAsync, cancel)) is { } applied && Missing(applied) is [])
        {
            return;
        }

        await engine.MigrateAsync(transaction => ApplyMissingAsync(transaction, time), cancel);
    }

    private async Task ApplyMissingAsync(Transaction transaction, TimeProvider time)
    {
        await transaction.ExecuteAsync(
            """CREATE TABLE IF NOT EXISTS migration (name TEXT COLLATE "C" PRIMARY KEY, applied_at BIGINT NOT NULL)""");
        foreach (var script in Missing(await ReadNamesAsync(transaction)))
        {
            await transaction.ExecuteAsync(script.Sql);
            await transaction.ExecuteAsync(
                "INSERT INTO migration (name, applied_at) VALUES (@name, @now)",
                new { name = script.Name, now = time.GetUtcNow().ToUnixTimeMilliseconds() });
        }
    }

    private Script[] Missing(IReadOnlyList<string> applied)
    {
        var known = scripts.Take(applied.Count).Select(script => script.Name);
        return known.SequenceEqual(applied, StringComparer.Ordinal)
            ? [.. scripts.Skip(applied.Count)]
            : throw new DatabaseRefusedException(
                $"the database has the schema of another version of Berth ('{applied[^1]}'); run that version or a later one");
    }

    private static async Task<IReadOnlyList<string>?> ReadAppliedAsync(Snapshot snapshot)
    {
        try
        {
            return await ReadNamesAsync(snapshot);
        }
        catch (DbException) when (snapshot.FailedOnMissingTable)
        {
            return null;
        }
    }

    private static Task<IReadOnlyList<string>> ReadNamesAsync(RowReader rows) =>
        rows.QueryAsync<string>("SELECT name FROM migration ORDER BY name");

    private static Script[] ReadEmbedded()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return [.. assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => new Script(Path.GetFileNameWithoutExtension(name[Folder.Length..]), ReadText(assembly, name)))];
    }

    private static string ReadText(Assembly assembly, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }

    /// <summary>One step of the schema.</summary>
    public sealed record Script(string Name, string Sql);
}
