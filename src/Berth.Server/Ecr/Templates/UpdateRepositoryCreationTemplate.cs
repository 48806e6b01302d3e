using Berth.Creation;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Ecr.Shapes;
using Berth.Server.Gate;

namespace Berth.Server.Ecr.Templates;

/// <summary>Changes what a request says of a creation template; repositories that were made stay as they are.</summary>
internal sealed class UpdateRepositoryCreationTemplate(CreationTemplates templates, Authorizer authorizer)
    : Operation<UpdateRepositoryCreationTemplate.Request, TemplateAnswer>
{
    public sealed record Request
    {
        [Length(1, 256), Pattern(TemplateRequest.Prefix)]
        public required string Prefix { get; init; }

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

        [Values("REPLICATION", "PULL_THROUGH_CACHE", "CREATE_ON_PUSH")]
        public IReadOnlyList<string>? AppliedFor { get; init; }

        [Length(0, 2048)]
        public string? CustomRoleArn { get; init; }
    }

    public override AccessLevel Level => AccessLevel.Write;

    protected override async Task<TemplateAnswer> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        TemplateEncryption.Refuse(request.EncryptionConfiguration);
        await TemplateRequest.AuthorizeRoleAsync(authorizer, call, request.CustomRoleArn, cancel);
        var settings = new TemplateSettings
        {
            Description = request.Description,
            AppliedFor = TemplateRequest.Scenarios(request.AppliedFor),
            TagMutability = TemplateRequest.Rule(request.ImageTagMutability, request.ImageTagMutabilityExclusionFilters),
            ResourceTags = request.ResourceTags?.Select(tag => tag.ToTag()).ToList(),
            RepositoryPolicy = request.RepositoryPolicy,
            LifecyclePolicy = request.LifecyclePolicy,
            RoleArn = request.CustomRoleArn,
        };
        return TemplateAnswer.Of(call, await templates.UpdateAsync(call.Registry, request.Prefix, settings, cancel));
    }
}
