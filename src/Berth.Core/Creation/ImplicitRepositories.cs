using Berth.Lifecycle;
using Berth.Registry;
using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Creation;

/// <summary>A repository that nobody created by name.</summary>
/// <param name="Repository">Which.</param>
/// <param name="Occasion">On which occasion.</param>
/// <param name="Template">The prefix of the template it was made like; null for none.</param>
public sealed record ImplicitlyCreated(RepositoryId Repository, TemplateScenario Occasion, string? Template);

/// <summary>Makes repositories that nobody creates by name, like the template that is for them.</summary>
/// <param name="database">Templates and repositories.</param>
/// <param name="repositories">Makes them.</param>
/// <param name="access">Is told of their policies.</param>
/// <param name="lifecycle">Sets theirs.</param>
/// <param name="record">Records the making, in its transaction.</param>
public sealed class ImplicitRepositories(
    Database database,
    Repositories repositories,
    RepositoryAccess access,
    LifecyclePolicies lifecycle,
    Func<Transaction, ImplicitlyCreated, Task> record)
{
    /// <summary>
    /// The template for a repository on an occasion: of those that are applied then, the one of the longest prefix. Null when there is
    /// none.
    /// </summary>
    public Task<CreationTemplate?> FindTemplateAsync(RepositoryId id, TemplateScenario occasion, CancellationToken cancel) => database.ReadAsync(
        async rows => await FindAsync(rows, id, occasion) is { } row ? await row.ToTemplateAsync(rows) : null,
        cancel);

    /// <summary>
    /// Makes the repository like its template, or with none like any that is created by name. One that somebody else made meanwhile is as
    /// good. Faults: <see cref="TooManyRepositories"/>.
    /// </summary>
    public async Task CreateAsync(RepositoryId id, TemplateScenario occasion, CancellationToken cancel)
    {
        var allowed = await repositories.QuotasOfAsync(id, cancel);
        await database.WriteAsync(
            async tx =>
            {
                if (await Repositories.FindAsync(tx, id) is null)
                {
                    var row = await FindAsync(tx, id, occasion);
                    var made = await repositories.CreateAsync(tx, id, row?.Settings ?? new(), allowed);
                    await ApplyAsync(tx, made, row);
                    await record(tx, new(id, occasion, row?.Prefix));
                }
            },
            cancel);
    }

    private async Task ApplyAsync(Transaction tx, Repository made, TemplateRow? row)
    {
        if (row?.RepositoryPolicy is { } policy)
        {
            await RepositoryPolicies.WriteAsync(tx, made.Key, policy);
            access.Changed(tx);
        }

        if (row?.LifecyclePolicy is { } rules)
        {
            await lifecycle.PutAsync(tx, made, lifecycle.Read(rules));
        }
    }

    private static async Task<TemplateRow?> FindAsync(RowReader rows, RepositoryId id, TemplateScenario occasion)
    {
        foreach (var prefix in TemplatePrefix.Of(id.Name))
        {
            if (await TemplateRow.FindAsync(rows, id.Registry, prefix) is { } row && row.Scenarios.Contains(occasion))
            {
                return row;
            }
        }

        return null;
    }
}
