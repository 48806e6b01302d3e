using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.CloudFormation.Shapes;
using Berth.Server.Gate;
using Berth.Stacks;

namespace Berth.Server.CloudFormation.Stacks;

/// <summary>Begins to delete a stack; one that is not there is deleted.</summary>
internal sealed class DeleteStack(StackChanges stacks, Authorizer authorizer) : Operation<DeleteStack.Request, DeleteStack.Response>
{
    public sealed record Request
    {
        [Length(1, 128), Pattern(@"[a-zA-Z0-9][-a-zA-Z0-9]*")]
        public string? ClientRequestToken { get; init; }

        [Values("STANDARD", "FORCE_DELETE_STACK")]
        public string? DeletionMode { get; init; }

        public IReadOnlyList<string>? RetainResources { get; init; }

        [Length(20, 2048)]
        public string? RoleARN { get; init; }

        public required string StackName { get; init; }
    }

    public sealed record Response;

    public override AccessLevel Level => AccessLevel.Write;

    protected override string Resource(Call call, Request request) => StackNames.ArnOf(call, request.StackName);

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        await StackRoles.AuthorizeAsync(authorizer, call, request.RoleARN, cancel);
        await stacks.DeleteAsync(
            new(call.Caller, call.Registry, request.StackName)
            {
                RoleArn = request.RoleARN,
                Operation = new(0, default)
                {
                    Token = request.ClientRequestToken,
                    Retain = request.RetainResources ?? [],
                    IsForced = request.DeletionMode is "FORCE_DELETE_STACK",
                },
            },
            cancel);
        return new();
    }
}
