using Berth.Creation;
using Berth.Server.Aws.Constraints;
using Berth.Server.Ecr.Shapes;

namespace Berth.Server.Ecr.Templates;

/// <summary>The members that a request which makes a template and one that changes it have alike.</summary>
internal abstract record TemplateMembers
{
    [Length(0, 256)]
    public string? Description { get; init; }

    public TemplateEncryption? EncryptionConfiguration { get; init; }

    public IReadOnlyList<ResourceTagEntry>? ResourceTags { get; init; }

    [Values("MUTABLE", "IMMUTABLE", "IMMUTABLE_WITH_EXCLUSION", "MUTABLE_WITH_EXCLUSION")]
    public string? ImageTagMutability { get; init; }

    [Count(1, 5)]
    public IReadOnlyList<ExclusionFilter>? ImageTagMutabilityExclusionFilters { get; init; }

    [Length(0, 10_240)]
    public string? RepositoryPolicy { get; init; }

    [Length(0, 30_720)]
    public string? LifecyclePolicy { get; init; }

    [Length(0, 2048)]
    public string? CustomRoleArn { get; init; }

    /// <summary>What the request says of the template. Keys that there are none of, and occasions that are none, are refused.</summary>
    /// <param name="appliedFor">On which occasions it is applied; null when nothing is said of it.</param>
    public TemplateSettings ToSettings(IReadOnlyList<string>? appliedFor)
    {
        TemplateEncryption.Refuse(EncryptionConfiguration);
        return new()
        {
            Description = Description,
            AppliedFor = TemplateRequest.Scenarios(appliedFor),
            TagMutability = TemplateRequest.Rule(ImageTagMutability, ImageTagMutabilityExclusionFilters),
            ResourceTags = ResourceTags?.Select(tag => tag.ToTag()).ToList(),
            RepositoryPolicy = RepositoryPolicy,
            LifecyclePolicy = LifecyclePolicy,
            RoleArn = CustomRoleArn,
        };
    }
}
