using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Stacks;

/// <summary>Reads stacks and what belongs to them. Who may was decided before.</summary>
public sealed class StackReads(Database database)
{
    /// <summary>The stack of a name, or of an ARN, under which a deleted one is known too; null for none.</summary>
    public Task<Stack?> FindAsync(RegistryId home, string nameOrId, CancellationToken cancel) =>
        database.ReadAsync(rows => StackRows.FindAsync(rows, home, nameOrId), cancel);

    /// <summary>As <see cref="FindAsync"/>. Fault: <see cref="StackNotFound"/>.</summary>
    public async Task<Stack> GetAsync(RegistryId home, string nameOrId, CancellationToken cancel) =>
        await FindAsync(home, nameOrId, cancel) ?? throw new StackNotFound(nameOrId).AsException();

    /// <summary>A page of stacks in the order of their ARNs.</summary>
    /// <param name="home">The account and Region.</param>
    /// <param name="after">The ARN of the last one before the page; null for the first.</param>
    /// <param name="limit">The most on it.</param>
    /// <param name="statuses">The statuses wanted; null for every one but that of the deleted, empty for all.</param>
    /// <param name="cancel">Gives up.</param>
    public Task<IReadOnlyList<Stack>> ListAsync(
        RegistryId home, string? after, int limit, IReadOnlyList<string>? statuses, CancellationToken cancel)
    {
        var wanted = new ValueList("status", statuses ?? []);
        var filter = statuses is null ? "AND deleted_at IS NULL" : statuses.Count == 0 ? "" : $"AND status IN {wanted}";
        return database.ReadAsync<IReadOnlyList<Stack>>(
            async rows =>
            [
                .. (await rows.QueryAsync<StackRow>(
                    $"SELECT {StackRows.Columns} FROM stack WHERE account = @account AND region = @region AND id > @after {filter} ORDER BY id LIMIT @limit",
                    wanted.With(new { account = home.Account.ToString(), region = home.Region.ToString(), after = after ?? "", limit })))
                    .Select(row => row.ToStack()),
            ],
            cancel);
    }

    /// <summary>The resources of a stack, by name. What an update has removed, and what it is about to remove, is not among them.</summary>
    public Task<IReadOnlyList<StackResource>> ResourcesAsync(Stack stack, CancellationToken cancel) => database.ReadAsync<IReadOnlyList<StackResource>>(
        async rows => [.. (await StackRows.ResourcesAsync(rows, stack.Id)).Where(resource => resource.RetiredIn is null && resource.PhysicalId is not null || !resource.IsGone && resource.RetiredIn is null)],
        cancel);

    /// <summary>The stack that a resource belongs to; null for none.</summary>
    public Task<Stack?> FindByPhysicalIdAsync(RegistryId home, string physicalId, CancellationToken cancel) => database.ReadAsync(
        async rows =>
        {
            var found = await rows.QueryAsync<string>(
                "SELECT stack_id FROM stack_resource WHERE physical_id = @physicalId ORDER BY changed_at DESC LIMIT 20", new { physicalId });
            foreach (var id in found)
            {
                if (await StackRows.FindAsync(rows, home, id) is { } stack)
                {
                    return stack;
                }
            }

            return null;
        },
        cancel);

    /// <summary>A page of what happened to a stack, the newest first.</summary>
    /// <param name="stack">The stack.</param>
    /// <param name="before">The number of the last event before the page; null for the first.</param>
    /// <param name="limit">The most on it.</param>
    /// <param name="cancel">Gives up.</param>
    public Task<IReadOnlyList<StackEvent>> EventsAsync(Stack stack, long? before, int limit, CancellationToken cancel) =>
        database.ReadAsync(rows => StackEvents.ReadAsync(rows, stack.Id, before, limit), cancel);

    /// <summary>A page of the exports of an account and Region, by name.</summary>
    public Task<IReadOnlyList<StackExport>> ExportsAsync(RegistryId home, string? after, int limit, CancellationToken cancel) => database.ReadAsync(
        rows => rows.QueryAsync<StackExport>(
            """
            SELECT name, value, stack_id FROM stack_export
             WHERE account = @account AND region = @region AND name > @after ORDER BY name LIMIT @limit
            """,
            new { account = home.Account.ToString(), region = home.Region.ToString(), after = after ?? "", limit }),
        cancel);

    /// <summary>A page of the names of the stacks that take an export.</summary>
    public Task<IReadOnlyList<string>> ImportersAsync(RegistryId home, string export, string? after, int limit, CancellationToken cancel) => database.ReadAsync(
        rows => rows.QueryAsync<string>(
            """
            SELECT s.name FROM stack_import i JOIN stack s ON s.id = i.stack_id
             WHERE i.account = @account AND i.region = @region AND i.name = @export AND s.name > @after ORDER BY s.name LIMIT @limit
            """,
            new { account = home.Account.ToString(), region = home.Region.ToString(), export, after = after ?? "", limit }),
        cancel);
}
