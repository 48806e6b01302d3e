using Berth.Creation;
using Berth.Registry;

namespace Berth.Server.Ecr.Shapes;

/// <summary>A creation template as it is answered (ECR's shape <c>RepositoryCreationTemplate</c>).</summary>
internal sealed record TemplateDetail
{
    public required string Prefix { get; init; }

    public string? Description { get; init; }

    public required TemplateEncryption EncryptionConfiguration { get; init; }

    public IReadOnlyList<ResourceTagEntry>? ResourceTags { get; init; }

    public required string ImageTagMutability { get; init; }

    public IReadOnlyList<ExclusionFilter>? ImageTagMutabilityExclusionFilters { get; init; }

    public string? RepositoryPolicy { get; init; }

    public string? LifecyclePolicy { get; init; }

    public required IReadOnlyList<string> AppliedFor { get; init; }

    public string? CustomRoleArn { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The members of a template; what it does not set is left out.</summary>
    public static TemplateDetail Of(CreationTemplate template) => new()
    {
        Prefix = template.Prefix,
        Description = template.Description,
        EncryptionConfiguration = new() { EncryptionType = Shapes.EncryptionConfiguration.ServiceKey },
        ResourceTags = template.ResourceTags.Count == 0 ? null : [.. template.ResourceTags.Select(ResourceTagEntry.Of)],
        ImageTagMutability = template.TagMutability.Setting.Wire(),
        ImageTagMutabilityExclusionFilters = ExclusionFilter.Of(template.TagMutability),
        RepositoryPolicy = template.RepositoryPolicy,
        LifecyclePolicy = template.LifecyclePolicy,
        AppliedFor = [.. template.AppliedFor.Select(occasion => occasion.Wire())],
        CustomRoleArn = template.RoleArn,
        CreatedAt = template.CreatedAt,
        UpdatedAt = template.UpdatedAt,
    };
}
