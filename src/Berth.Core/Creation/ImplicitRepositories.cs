using Berth.Lifecycle;
using Berth.Registry;
using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Creation;

/// <summary>Makes repositories that nobody creates by name, like the template that is for them.</summary>
public sealed class ImplicitRepositories(
    Database database, Repositories repositories, RepositoryAccess access, LifecyclePolicies lifecycle)
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
