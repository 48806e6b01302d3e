using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.CloudFormation.Shapes;
using Berth.Server.Gate;
using Berth.Stacks;

namespace Berth.Server.CloudFormation.Stacks;

/// <summary>Has an update that is going on taken back.</summary>
internal sealed class CancelUpdateStack(StackChanges stacks) : Operation<CancelUpdateStack.Request, CancelUpdateStack.Response>
{
    public sealed record Request
    {
        [Length(1, 128), Pattern(@"[a-zA-Z0-9][-a-zA-Z0-9]*")]
        public string? ClientRequestToken { get; init; }

        public required string StackName { get; init; }
    }

    public sealed record Response;

    public override AccessLevel Level => AccessLevel.Write;

    protected override string Resource(Call call, Request request) => StackNames.ArnOf(call, request.StackName);

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        await stacks.CancelUpdateAsync(call.Registry, request.StackName, cancel);
        return new();
    }
}
