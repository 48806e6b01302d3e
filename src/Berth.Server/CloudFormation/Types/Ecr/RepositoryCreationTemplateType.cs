using System.Globalization;
using Berth.Creation;
using Berth.Server.Ecr.Shapes;
using Berth.Server.Ecr.Templates;
using Berth.Stacks;
using Berth.Vocabulary;

namespace Berth.Server.CloudFormation.Types.Ecr;

/// <summary>How repositories are made that nobody creates by name.</summary>
internal sealed class RepositoryCreationTemplateType(ResourceCalls calls, CreationTemplates templates)
    : ResourceType<RepositoryCreationTemplateType.Model>(calls)
{
    internal sealed record Model
    {
        public required IReadOnlyList<string> AppliedFor { get; init; }

        public string? CustomRoleArn { get; init; }

        public string? Description { get; init; }

        public EncryptionProperty? EncryptionConfiguration { get; init; }

        public string? ImageTagMutability { get; init; }

        public IReadOnlyList<ExclusionFilterProperty>? ImageTagMutabilityExclusionFilters { get; init; }

        public string? LifecyclePolicy { get; init; }

        [CreateOnly]
        public required string Prefix { get; init; }

        public string? RepositoryPolicy { get; init; }

        public IReadOnlyList<TagProperty>? ResourceTags { get; init; }
    }

    /// <inheritdoc/>
    public override string Name => "AWS::ECR::RepositoryCreationTemplate";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Attributes => ["CreatedAt", "UpdatedAt"];

    /// <inheritdoc/>
    protected override async Task<ResourceProgress> MakeAsync(ResourceWork work, Model properties, CancellationToken cancel)
    {
        if (work.IsRetry
            && await templates.FindAsync(work.Home, [properties.Prefix], cancel) is [var earlier]
            && work.MayHaveMade(earlier.CreatedAt))
        {
            return Done(properties.Prefix, TemplateDetail.Of(earlier));
        }

        try
        {
            return Done(properties.Prefix, (await Calls.CallAsync<TemplateAnswer>(work, ToCreate(properties), cancel)).RepositoryCreationTemplate);
        }
        catch (ServiceRefusal refusal) when (refusal.Fault is TemplateAlreadyExists)
        {
            throw new ResourceAlreadyExists(Name, properties.Prefix).AsException();
        }
    }

    /// <inheritdoc/>
    protected override async Task<ResourceProgress> ChangeAsync(
        ResourceWork work, ResourceState state, Change<Model> change, CancellationToken cancel) =>
        Done(state.PhysicalId, (await Calls.CallAsync<TemplateAnswer>(work, ToUpdate(change), cancel)).RepositoryCreationTemplate);

    /// <inheritdoc/>
    protected override Task RemoveAsync(ResourceWork work, ResourceState state, Model properties, CancellationToken cancel) =>
        Calls.RemoveAsync<TemplateNotFound>(work, new DeleteRepositoryCreationTemplate.Request { Prefix = state.PhysicalId }, cancel);

    private static CreateRepositoryCreationTemplate.Request ToCreate(Model wanted) => new()
    {
        Prefix = wanted.Prefix,
        AppliedFor = wanted.AppliedFor,
        Description = wanted.Description,
        EncryptionConfiguration = Encryption(wanted),
        ResourceTags = Tags(wanted.ResourceTags),
        ImageTagMutability = wanted.ImageTagMutability,
        ImageTagMutabilityExclusionFilters = ExclusionFilterProperty.ToShapes(wanted.ImageTagMutabilityExclusionFilters),
        RepositoryPolicy = wanted.RepositoryPolicy,
        LifecyclePolicy = wanted.LifecyclePolicy,
        CustomRoleArn = wanted.CustomRoleArn,
    };

    // What an update leaves out stays, so what is taken from the template is said to be empty.
    private static UpdateRepositoryCreationTemplate.Request ToUpdate(Change<Model> change)
    {
        var (before, after) = (change.Before, change.After);
        return new()
        {
            Prefix = after.Prefix,
            AppliedFor = after.AppliedFor,
            Description = after.Description ?? EmptyIf(before.Description),
            EncryptionConfiguration = Encryption(after),
            ResourceTags = Tags(after.ResourceTags) ?? (before.ResourceTags is null ? null : []),
            ImageTagMutability = after.ImageTagMutability ?? (before.ImageTagMutability is null ? null : "MUTABLE"),
            ImageTagMutabilityExclusionFilters = ExclusionFilterProperty.ToShapes(after.ImageTagMutabilityExclusionFilters),
            RepositoryPolicy = after.RepositoryPolicy ?? EmptyIf(before.RepositoryPolicy),
            LifecyclePolicy = after.LifecyclePolicy ?? EmptyIf(before.LifecyclePolicy),
            CustomRoleArn = after.CustomRoleArn ?? EmptyIf(before.CustomRoleArn),
        };
    }

    private static string? EmptyIf(string? before) => before is null ? null : "";

    private static TemplateEncryption? Encryption(Model wanted) =>
        wanted.EncryptionConfiguration is { } given ? new() { EncryptionType = given.EncryptionType, KmsKey = given.KmsKey } : null;

    private static IReadOnlyList<ResourceTagEntry>? Tags(IReadOnlyList<TagProperty>? tags) =>
        tags is null ? null : [.. tags.Select(tag => new ResourceTagEntry { Key = tag.Key, Value = tag.Value })];

    private static ResourceProgress Done(string prefix, TemplateDetail template) =>
        ResourceProgress.Done(prefix, new() { ["CreatedAt"] = Text(template.CreatedAt), ["UpdatedAt"] = Text(template.UpdatedAt) });

    private static string Text(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
