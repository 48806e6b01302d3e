using Berth.Registry;
using Berth.Vocabulary;

namespace Berth.Creation;

/// <summary>What repositories under a prefix are made like when nobody creates them by name (ECR user guide, "Repository creation templates").</summary>
public sealed record CreationTemplate
{
    /// <summary>The registry it is of.</summary>
    public required RegistryId Registry { get; init; }

    /// <summary>See <see cref="TemplatePrefix"/>.</summary>
    public required string Prefix { get; init; }

    /// <summary>For people.</summary>
    public string? Description { get; init; }

    /// <summary>On which occasions it is applied, in the order given.</summary>
    public required IReadOnlyList<TemplateScenario> AppliedFor { get; init; }

    /// <summary>Whether tags may move.</summary>
    public TagMutabilityRule TagMutability { get; init; } = TagMutabilityRule.Default;

    /// <summary>The tags of the repositories.</summary>
    public IReadOnlyList<ResourceTag> ResourceTags { get; init; } = [];

    /// <summary>The policy of the repositories, as ECR prints it; null for none.</summary>
    public string? RepositoryPolicy { get; init; }

    /// <summary>The lifecycle policy of the repositories, as it was given; null for none.</summary>
    public string? LifecyclePolicy { get; init; }

    /// <summary>The role that must be allowed to create them; null when the service does.</summary>
    public string? RoleArn { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}

/// <summary>What a request says of a template. What is null stays as it is, or in a new template is ECR's default.</summary>
public sealed record TemplateSettings
{
    /// <summary>See <see cref="CreationTemplate.Description"/>.</summary>
    public string? Description { get; init; }

    /// <summary>See <see cref="CreationTemplate.AppliedFor"/>.</summary>
    public IReadOnlyList<TemplateScenario>? AppliedFor { get; init; }

    /// <summary>See <see cref="CreationTemplate.TagMutability"/>.</summary>
    public TagMutabilityRule? TagMutability { get; init; }

    /// <summary>See <see cref="CreationTemplate.ResourceTags"/>.</summary>
    public IReadOnlyList<ResourceTag>? ResourceTags { get; init; }

    /// <summary>The text of a policy; empty for none.</summary>
    public string? RepositoryPolicy { get; init; }

    /// <summary>The text of a lifecycle policy; empty for none.</summary>
    public string? LifecyclePolicy { get; init; }

    /// <summary>See <see cref="CreationTemplate.RoleArn"/>; empty for none.</summary>
    public string? RoleArn { get; init; }
}
