using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.CloudFormation.Shapes;
using Berth.Server.Gate;
using Berth.Stacks;

namespace Berth.Server.CloudFormation.Changes;

/// <summary>Deletes a change set.</summary>
internal sealed class DeleteChangeSet(ChangeSets sets) : Operation<DeleteChangeSet.Request, DeleteChangeSet.Response>
{
    public sealed record Request
    {
        [Length(1, 1600), Pattern(@"[a-zA-Z][-a-zA-Z0-9]*|arn:[-a-zA-Z0-9:/]*")]
        public required string ChangeSetName { get; init; }

        [Length(1), Pattern(@"([a-zA-Z][-a-zA-Z0-9]*)|(arn:\b(aws|aws-us-gov|aws-cn)\b:[-a-zA-Z0-9:/._+]*)")]
        public string? StackName { get; init; }
    }

    public sealed record Response;

    public override AccessLevel Level => AccessLevel.Write;

    protected override string Resource(Call call, Request request) => StackNames.ArnOfSet(call, request.ChangeSetName, request.StackName);

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        await sets.DeleteAsync(call.Registry, request.ChangeSetName, request.StackName, cancel);
        return new();
    }
}
