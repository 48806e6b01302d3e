using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.CloudFormation.Shapes;
using Berth.Server.Gate;
using Berth.Stacks;
using Berth.Vocabulary;

namespace Berth.Server.CloudFormation.Templates;

/// <summary>The template that a stack is made from, or that of a change set.</summary>
internal sealed class GetTemplate(StackReads stacks, ChangeSets sets) : Operation<GetTemplate.Request, GetTemplate.Response>
{
    public sealed record Request
    {
        [Length(1, 1600), Pattern(@"[a-zA-Z][-a-zA-Z0-9]*|arn:[-a-zA-Z0-9:/]*")]
        public string? ChangeSetName { get; init; }

        public string? StackName { get; init; }

        [Values("Original", "Processed")]
        public string? TemplateStage { get; init; }
    }

    public sealed record Response(string TemplateBody, IReadOnlyList<string> StagesAvailable);

    public override AccessLevel Level => AccessLevel.Read;

    protected override string Resource(Call call, Request request) => request.ChangeSetName is { } set
        ? StackNames.ArnOfSet(call, set, request.StackName)
        : StackNames.ArnOf(call, request.StackName);

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        if (request.ChangeSetName is { } set)
        {
            if (request.StackName is null && !set.StartsWith("arn:", StringComparison.Ordinal))
            {
                throw new StackRequestInvalid("StackName is a required parameter.").AsException();
            }

            return Answer((await sets.GetAsync(call.Registry, set, request.StackName, cancel)).Set.Source);
        }

        var name = request.StackName ?? throw new StackRequestInvalid("StackName is required if ChangeSetName is not specified.").AsException();
        return Answer((await stacks.GetAsync(call.Registry, name, cancel)).Source);
    }

    private static Response Answer(StackSource source) => new(source.Template, ["Original", "Processed"]);
}
