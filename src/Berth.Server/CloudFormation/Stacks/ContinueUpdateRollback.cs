using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.CloudFormation.Shapes;
using Berth.Server.Gate;
using Berth.Stacks;

namespace Berth.Server.CloudFormation.Stacks;

/// <summary>Goes on taking back an update where that had failed.</summary>
internal sealed class ContinueUpdateRollback(StackChanges stacks, Authorizer authorizer) : Operation<ContinueUpdateRollback.Request, ContinueUpdateRollback.Response>
{
    public sealed record Request
    {
        [Length(1, 128), Pattern(@"[a-zA-Z0-9][-a-zA-Z0-9]*")]
        public string? ClientRequestToken { get; init; }

        [Pattern(@"[a-zA-Z0-9]+|[a-zA-Z][-a-zA-Z0-9]*\.[a-zA-Z0-9]+")]
        public IReadOnlyList<string>? ResourcesToSkip { get; init; }

        [Length(20, 2048)]
        public string? RoleARN { get; init; }

        [Length(1), Pattern(@"([a-zA-Z][-a-zA-Z0-9]*)|(arn:\b(aws|aws-us-gov|aws-cn)\b:[-a-zA-Z0-9:/._+]*)")]
        public required string StackName { get; init; }
    }

    public sealed record Response;

    public override AccessLevel Level => AccessLevel.Write;

    protected override string Resource(Call call, Request request) => StackNames.ArnOf(call, request.StackName);

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        await StackRoles.AuthorizeAsync(authorizer, call, request.RoleARN, cancel);
        await stacks.ContinueRollbackAsync(
            new(call.Caller, call.Registry, request.StackName)
            {
                RoleArn = request.RoleARN,
                Operation = new(0, default) { Token = request.ClientRequestToken },
            },
            request.ResourcesToSkip ?? [],
            cancel);
        return new();
    }
}
