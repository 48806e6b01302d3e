using Berth.Creation;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;

namespace Berth.Server.Ecr.Templates;

/// <summary>Changes what a request says of a creation template; repositories that were made stay as they are.</summary>
internal sealed class UpdateRepositoryCreationTemplate(CreationTemplates templates, Authorizer authorizer)
    : Operation<UpdateRepositoryCreationTemplate.Request, TemplateAnswer>
{
    public sealed record Request : TemplateMembers
    {
        [Length(1, 256), Pattern(TemplateRequest.Prefix)]
        public required string Prefix { get; init; }

        [Values("REPLICATION", "PULL_THROUGH_CACHE", "CREATE_ON_PUSH")]
        public IReadOnlyList<string>? AppliedFor { get; init; }
    }

    public override AccessLevel Level => AccessLevel.Write;

    protected override async Task<TemplateAnswer> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        var settings = request.ToSettings(request.AppliedFor);
        await TemplateRequest.AuthorizeRoleAsync(authorizer, call, request.CustomRoleArn, cancel);
        return TemplateAnswer.Of(call, await templates.UpdateAsync(call.Registry, request.Prefix, settings, cancel));
    }
}
