using System.Text.Json;
using Berth.Lifecycle;
using Berth.Registry;
using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Creation;

/// <summary>The creation templates of registries.</summary>
public sealed class CreationTemplates(Database database, LifecyclePolicies lifecycle, TimeProvider time)
{
    /// <summary>
    /// Makes a template. Faults: <see cref="TemplateAlreadyExists"/>, <see cref="ResourcePolicyInvalid"/>,
    /// <see cref="PolicyPrincipalNotFound"/>, <see cref="ResourceTagInvalid"/>, and those of lifecycle policies.
    /// </summary>
    public Task<CreationTemplate> CreateAsync(RegistryId registry, string prefix, TemplateSettings settings, CancellationToken cancel) =>
        WriteAsync(
            settings,
            async tx => await TemplateRow.FindAsync(tx, registry, TemplatePrefix.Normalize(prefix)) is null
                ? new()
                {
                    Account = registry.Account.ToString(),
                    Region = registry.Region.ToString(),
                    Prefix = TemplatePrefix.Normalize(prefix),
                    TagMutability = TagMutability.Mutable.Wire(),
                    CreatedAt = Now,
                }
                : throw new TemplateAlreadyExists().AsException(),
            cancel);

    /// <summary>Changes what the settings say; repositories that were made stay as they are. Faults: <see cref="TemplateNotFound"/>, and those of a new one.</summary>
    public Task<CreationTemplate> UpdateAsync(RegistryId registry, string prefix, TemplateSettings settings, CancellationToken cancel) =>
        WriteAsync(settings, tx => GetAsync(tx, registry, prefix), cancel);

    /// <summary>Removes a template, and returns what it was. Fault: <see cref="TemplateNotFound"/>.</summary>
    public Task<CreationTemplate> DeleteAsync(RegistryId registry, string prefix, CancellationToken cancel) => database.WriteAsync(
        async tx =>
        {
            var row = await GetAsync(tx, registry, prefix);
            await tx.ExecuteAsync("DELETE FROM creation_template WHERE account = @Account AND region = @Region AND prefix = @Prefix", row);
            return await row.ToTemplateAsync(tx);
        },
        cancel);

    /// <summary>A page of a registry's templates in the order of their prefixes, from the one after <paramref name="after"/> on.</summary>
    public Task<IReadOnlyList<CreationTemplate>> ListAsync(RegistryId registry, string? after, int limit, CancellationToken cancel) =>
        database.ReadAsync(async rows => await ToTemplatesAsync(rows, await TemplateRow.ListAsync(rows, registry, after, limit)), cancel);

    /// <summary>The templates of the prefixes, in their order; those that are not there are passed over.</summary>
    public Task<IReadOnlyList<CreationTemplate>> FindAsync(RegistryId registry, IReadOnlyList<string> prefixes, CancellationToken cancel) =>
        database.ReadAsync(
            async rows =>
            {
                var found = new List<TemplateRow>();
                foreach (var prefix in prefixes.Select(TemplatePrefix.Normalize).Distinct(StringComparer.Ordinal))
                {
                    if (await TemplateRow.FindAsync(rows, registry, prefix) is { } row)
                    {
                        found.Add(row);
                    }
                }

                return await ToTemplatesAsync(rows, found);
            },
            cancel);

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private Task<CreationTemplate> WriteAsync(TemplateSettings settings, Func<Transaction, Task<TemplateRow>> find, CancellationToken cancel)
    {
        Check(settings);
        return database.WriteAsync(
            async tx =>
            {
                var row = await ChangeAsync(tx, await find(tx), settings);
                return await (await row.WriteAsync(tx)).ToTemplateAsync(tx);
            },
            cancel);
    }

    private void Check(TemplateSettings settings)
    {
        ResourceTag.Check(settings.ResourceTags ?? []);
        if (settings.RepositoryPolicy is { Length: > 0 } policy)
        {
            ResourcePolicyRules.OfRepository.Read(policy);
        }

        if (settings.LifecyclePolicy is { Length: > 0 } rules)
        {
            lifecycle.Read(rules);
        }
    }

    private async Task<TemplateRow> ChangeAsync(Transaction tx, TemplateRow row, TemplateSettings settings) => row with
    {
        Description = settings.Description ?? row.Description,
        AppliedFor = settings.AppliedFor is { } occasions ? Json(occasions.Distinct().Select(occasion => occasion.Wire())) : row.AppliedFor,
        TagMutability = settings.TagMutability?.Setting.Wire() ?? row.TagMutability,
        ExclusionFilters = settings.TagMutability is { } rule ? Json(rule.ExclusionFilters) : row.ExclusionFilters,
        ResourceTags = settings.ResourceTags is { } tags ? Json(tags) : row.ResourceTags,
        RepositoryPolicy = settings.RepositoryPolicy switch
        {
            null => row.RepositoryPolicy,
            "" => null,
            var text => await PolicyIntake.ToStoredAsync(tx, text),
        },
        LifecyclePolicy = Change(settings.LifecyclePolicy, row.LifecyclePolicy),
        RoleArn = Change(settings.RoleArn, row.RoleArn),
        UpdatedAt = Now,
    };

    private static string? Change(string? asked, string? current) => asked switch
    {
        null => current,
        "" => null,
        _ => asked,
    };

    private static async Task<TemplateRow> GetAsync(RowReader rows, RegistryId registry, string prefix) =>
        await TemplateRow.FindAsync(rows, registry, TemplatePrefix.Normalize(prefix)) ?? throw new TemplateNotFound().AsException();

    private static async Task<IReadOnlyList<CreationTemplate>> ToTemplatesAsync(RowReader rows, IReadOnlyList<TemplateRow> found)
    {
        var templates = new List<CreationTemplate>(found.Count);
        foreach (var row in found)
        {
            templates.Add(await row.ToTemplateAsync(rows));
        }

        return templates;
    }

    private static string Json<T>(IEnumerable<T> values) => JsonSerializer.Serialize(values);
}
