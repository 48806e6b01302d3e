using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Stacks;

/// <summary>A value that a stack gives to others.</summary>
public sealed record StackExport
{
    /// <summary>Its name, one in an account and Region.</summary>
    public string Name { get; init; } = "";

    /// <summary>Its value.</summary>
    public string Value { get; init; } = "";

    /// <summary>The stack's ARN.</summary>
    public string StackId { get; init; } = "";
}

/// <summary>The values that stacks give to others, and who takes them.</summary>
internal static class StackExports
{
    /// <summary>All exports of an account and Region, by name.</summary>
    public static async Task<IReadOnlyDictionary<string, StackExport>> ReadAsync(RowReader rows, RegistryId home) =>
        (await rows.QueryAsync<StackExport>(
            "SELECT name, value, stack_id FROM stack_export WHERE account = @account AND region = @region", Of(home)))
        .ToDictionary(export => export.Name, StringComparer.Ordinal);

    /// <summary>The name of a stack that takes an export; null for none.</summary>
    public static Task<string?> FindImporterAsync(RowReader rows, RegistryId home, string name) => rows.FindAsync<string>(
        """
        SELECT s.name FROM stack_import i JOIN stack s ON s.id = i.stack_id
         WHERE i.account = @account AND i.region = @region AND i.name = @name ORDER BY s.id LIMIT 1
        """,
        new { account = home.Account.ToString(), region = home.Region.ToString(), name });

    /// <summary>Why a stack's exports cannot be these; null when they can.</summary>
    public static async Task<string?> FindConflictAsync(RowReader rows, Stack stack, IReadOnlyList<StackOutput> outputs)
    {
        var wanted = outputs.Where(output => output.ExportName is not null).ToArray();
        if (wanted.GroupBy(output => output.ExportName, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            return $"Output with export name {twice.Key} is duplicated in the template";
        }

        var all = await ReadAsync(rows, stack.Home);
        foreach (var output in wanted)
        {
            if (all.TryGetValue(output.ExportName!, out var taken) && !string.Equals(taken.StackId, stack.Id, StringComparison.Ordinal))
            {
                return $"Export with name {output.ExportName} is already exported by stack {NameOf(taken.StackId)}";
            }
        }

        foreach (var old in all.Values.Where(export => string.Equals(export.StackId, stack.Id, StringComparison.Ordinal)))
        {
            var now = wanted.FirstOrDefault(output => string.Equals(output.ExportName, old.Name, StringComparison.Ordinal));
            if (!string.Equals(now?.Value, old.Value, StringComparison.Ordinal) && await FindImporterAsync(rows, stack.Home, old.Name) is { } importer)
            {
                return $"Export {old.Name} cannot be {(now is null ? "deleted" : "updated")} as it is in use by {importer}";
            }
        }

        return null;
    }

    /// <summary>Has a stack export what its outputs say, and nothing else.</summary>
    public static async Task WriteAsync(Transaction tx, Stack stack, IReadOnlyList<StackOutput> outputs)
    {
        await tx.ExecuteAsync("DELETE FROM stack_export WHERE stack_id = @Id", new { stack.Id });
        foreach (var output in outputs.Where(output => output.ExportName is not null))
        {
            await tx.ExecuteAsync(
                "INSERT INTO stack_export (account, region, name, value, stack_id) VALUES (@account, @region, @ExportName, @Value, @Id)",
                new { account = stack.Home.Account.ToString(), region = stack.Home.Region.ToString(), output.ExportName, output.Value, stack.Id });
        }
    }

    /// <summary>Takes note of what a stack takes from others; of what it takes no more only once it is done.</summary>
    public static async Task ImportAsync(Transaction tx, Stack stack, IReadOnlyCollection<string> names, bool isDone)
    {
        if (isDone)
        {
            await tx.ExecuteAsync("DELETE FROM stack_import WHERE stack_id = @Id", new { stack.Id });
        }

        foreach (var name in names)
        {
            await tx.ExecuteAsync(
                """
                INSERT INTO stack_import (account, region, name, stack_id) VALUES (@account, @region, @name, @Id)
                ON CONFLICT (account, region, name, stack_id) DO NOTHING
                """,
                new { account = stack.Home.Account.ToString(), region = stack.Home.Region.ToString(), name, stack.Id });
        }
    }

    /// <summary>A stack that is gone gives and takes nothing.</summary>
    public static async Task ForgetAsync(Transaction tx, Stack stack)
    {
        await tx.ExecuteAsync("DELETE FROM stack_export WHERE stack_id = @Id", new { stack.Id });
        await tx.ExecuteAsync("DELETE FROM stack_import WHERE stack_id = @Id", new { stack.Id });
    }

    private static object Of(RegistryId home) => new { account = home.Account.ToString(), region = home.Region.ToString() };

    private static string NameOf(string arn) => arn.Split('/') is [_, var name, ..] ? name : arn;
}
