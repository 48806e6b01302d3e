using System.Text.Json;
using Berth.Registry;
using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Creation;

/// <summary>A row of <c>creation_template</c>.</summary>
internal sealed record TemplateRow
{
    private const string Columns =
        "account, region, prefix, description, applied_for, tag_mutability, exclusion_filters, resource_tags, repository_policy, "
        + "lifecycle_policy, role_arn, created_at, updated_at";

    public string Account { get; init; } = "";
    public string Region { get; init; } = "";
    public string Prefix { get; init; } = "";
    public string? Description { get; init; }
    public string AppliedFor { get; init; } = "[]";
    public string TagMutability { get; init; } = "";
    public string ExclusionFilters { get; init; } = "[]";
    public string ResourceTags { get; init; } = "[]";
    public string? RepositoryPolicy { get; init; }
    public string? LifecyclePolicy { get; init; }
    public string? RoleArn { get; init; }
    public long CreatedAt { get; init; }
    public long UpdatedAt { get; init; }

    /// <summary>On which occasions it is applied.</summary>
    public IReadOnlyList<TemplateScenario> Scenarios => [.. JsonSerializer.Deserialize<string[]>(AppliedFor)!.Select(TemplateScenarioNames.FromWire)];

    /// <summary>What its repositories begin with.</summary>
    public RepositorySettings Settings => new() { TagMutability = Rule, Tags = JsonSerializer.Deserialize<ResourceTag[]>(ResourceTags)! };

    private TagMutabilityRule Rule => new(TagMutabilityNames.FromWire(TagMutability), JsonSerializer.Deserialize<string[]>(ExclusionFilters)!);

    public static async Task<TemplateRow?> FindAsync(RowReader rows, RegistryId registry, string prefix) => await rows.FindAsync<TemplateRow>(
        $"SELECT {Columns} FROM creation_template WHERE account = @account AND region = @region AND prefix = @prefix",
        new { account = registry.Account.ToString(), region = registry.Region.ToString(), prefix });

    public static Task<IReadOnlyList<TemplateRow>> ListAsync(RowReader rows, RegistryId registry, string? after, int limit) =>
        rows.QueryAsync<TemplateRow>(
            $"""
            SELECT {Columns} FROM creation_template
             WHERE account = @account AND region = @region AND prefix > @after ORDER BY prefix LIMIT @limit
            """,
            new { account = registry.Account.ToString(), region = registry.Region.ToString(), after = after ?? "", limit });

    public async Task<TemplateRow> WriteAsync(Transaction tx)
    {
        await tx.ExecuteAsync(
            """
            INSERT INTO creation_template (account, region, prefix, description, applied_for, tag_mutability, exclusion_filters,
                   resource_tags, repository_policy, lifecycle_policy, role_arn, created_at, updated_at)
            VALUES (@Account, @Region, @Prefix, @Description, @AppliedFor, @TagMutability, @ExclusionFilters, @ResourceTags,
                   @RepositoryPolicy, @LifecyclePolicy, @RoleArn, @CreatedAt, @UpdatedAt)
            ON CONFLICT (account, region, prefix) DO UPDATE SET description = @Description, applied_for = @AppliedFor,
                   tag_mutability = @TagMutability, exclusion_filters = @ExclusionFilters, resource_tags = @ResourceTags,
                   repository_policy = @RepositoryPolicy, lifecycle_policy = @LifecyclePolicy, role_arn = @RoleArn, updated_at = @UpdatedAt
            """,
            this);
        return this;
    }

    /// <summary>The template, the names of users and roles in its policy as they are now.</summary>
    public async Task<CreationTemplate> ToTemplateAsync(RowReader rows)
    {
        var registry = new RegistryId(AccountId.Parse(Account), RegionName.Parse(Region));
        return new()
        {
            Registry = registry,
            Prefix = Prefix,
            Description = Description,
            AppliedFor = Scenarios,
            TagMutability = Rule,
            ResourceTags = Settings.Tags,
            RepositoryPolicy = RepositoryPolicy is null ? null : await PolicyIntake.PrintAsync(rows, RepositoryPolicy, registry),
            LifecyclePolicy = LifecyclePolicy,
            RoleArn = RoleArn,
            CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
            UpdatedAt = DateTimeOffset.FromUnixTimeMilliseconds(UpdatedAt),
        };
    }
}
