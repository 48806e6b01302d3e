using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.CloudFormation.Shapes;
using Berth.Server.Gate;
using Berth.Stacks;
using Berth.Templates;
using Berth.Vocabulary;

namespace Berth.Server.CloudFormation.Templates;

/// <summary>What a template asks for.</summary>
internal sealed class GetTemplateSummary(StackReads stacks, StackTemplates templates) : Operation<GetTemplateSummary.Request, GetTemplateSummary.Response>
{
    public sealed record Request
    {
        [Values("SELF", "DELEGATED_ADMIN")]
        public string? CallAs { get; init; }

        [Length(1), Pattern(@"([a-zA-Z][-a-zA-Z0-9]*)|(arn:\b(aws|aws-us-gov|aws-cn)\b:[-a-zA-Z0-9:/._+]*)")]
        public string? StackName { get; init; }

        [Pattern(@"[a-zA-Z][-a-zA-Z0-9]*(?::[a-zA-Z0-9]{8}-[a-zA-Z0-9]{4}-[a-zA-Z0-9]{4}-[a-zA-Z0-9]{4}-[a-zA-Z0-9]{12})?")]
        public string? StackSetName { get; init; }

        [Length(1)]
        public string? TemplateBody { get; init; }

        public SummaryConfig? TemplateSummaryConfig { get; init; }

        [Length(1, 5120)]
        public string? TemplateURL { get; init; }
    }

    public sealed record Response
    {
        public required IReadOnlyList<ParameterDeclaration> Parameters { get; init; }

        public string? Description { get; init; }

        public IReadOnlyList<string>? Capabilities { get; init; }

        public string? CapabilitiesReason { get; init; }

        public required IReadOnlyList<string> ResourceTypes { get; init; }

        public string? Version { get; init; }

        public string? Metadata { get; init; }
    }

    public override AccessLevel Level => AccessLevel.Read;

    public override void Check(object request) => StackInputs.Check(stackName: null, ((Request)request).TemplateBody);

    protected override string Resource(Call call, Request request) => StackNames.ArnOf(call, request.StackName);

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        StackInputs.Refuse(request.StackSetName, nameof(request.StackSetName));
        StackInputs.Refuse(request.CallAs is "SELF" ? null : request.CallAs, nameof(request.CallAs));
        var template = Template.Parse(await TextAsync(call, request, cancel));
        return new()
        {
            Parameters = [.. template.Parameters.Select(ParameterDeclaration.Of)],
            Description = template.Description,
            Capabilities = CapabilityAnswer.Of(template),
            CapabilitiesReason = CapabilityAnswer.ReasonOf(template),
            ResourceTypes = [.. template.Resources.Select(resource => resource.Type).Distinct(StringComparer.Ordinal)],
            Version = "2010-09-09",
            Metadata = template.Metadata?.ToJsonString(),
        };
    }

    private async Task<string> TextAsync(Call call, Request request, CancellationToken cancel)
    {
        if (request.StackName is not { } name)
        {
            return await templates.ReadAsync(call.Registry, request.TemplateBody, request.TemplateURL, cancel);
        }

        var stack = await stacks.GetAsync(call.Registry, name, cancel);
        return stack.Status is StackStatus.Review
            ? throw new StackRequestInvalid("GetTemplateSummary cannot be called on REVIEW_IN_PROGRESS stacks.").AsException()
            : stack.Source.Template;
    }
}
