using Berth.Creation;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;

namespace Berth.Server.Ecr.Templates;

/// <summary>Deletes a creation template; repositories that were made like it stay as they are.</summary>
internal sealed class DeleteRepositoryCreationTemplate(CreationTemplates templates)
    : Operation<DeleteRepositoryCreationTemplate.Request, TemplateAnswer>
{
    public sealed record Request
    {
        [Length(1, 256), Pattern(TemplateRequest.Prefix)]
        public required string Prefix { get; init; }
    }

    public override AccessLevel Level => AccessLevel.Write;

    protected override async Task<TemplateAnswer> HandleAsync(Call call, Request request, CancellationToken cancel) =>
        TemplateAnswer.Of(call, await templates.DeleteAsync(call.Registry, request.Prefix, cancel));
}
