using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.CloudFormation.Shapes;
using Berth.Server.Gate;
using Berth.Stacks;

namespace Berth.Server.CloudFormation.Templates;

/// <summary>Says whether a template is one.</summary>
internal sealed class ValidateTemplate(StackTemplates templates) : Operation<ValidateTemplate.Request, ValidateTemplate.Response>
{
    public sealed record Request
    {
        [Length(1)]
        public string? TemplateBody { get; init; }

        [Length(1, 5120)]
        public string? TemplateURL { get; init; }
    }

    public sealed record Response(
        IReadOnlyList<ParameterSummary> Parameters, string? Description, IReadOnlyList<string>? Capabilities, string? CapabilitiesReason);

    public override AccessLevel Level => AccessLevel.Read;

    public override void Check(object request) => StackInputs.Check(stackName: null, ((Request)request).TemplateBody);

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        var template = templates.Check(await templates.ReadAsync(call.Registry, request.TemplateBody, request.TemplateURL, cancel));
        return new(
            [.. template.Parameters.Select(parameter => new ParameterSummary(parameter.Name, parameter.Default, parameter.IsSecret, parameter.Description))],
            template.Description,
            CapabilityAnswer.Of(template),
            CapabilityAnswer.ReasonOf(template));
    }

    /// <summary>A parameter.</summary>
    public sealed record ParameterSummary(string ParameterKey, string? DefaultValue, bool NoEcho, string? Description);
}
