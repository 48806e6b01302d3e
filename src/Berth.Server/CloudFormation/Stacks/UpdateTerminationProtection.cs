using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.CloudFormation.Shapes;
using Berth.Server.Gate;
using Berth.Stacks;

namespace Berth.Server.CloudFormation.Stacks;

/// <summary>Says whether a stack may be deleted.</summary>
internal sealed class UpdateTerminationProtection(StackChanges stacks) : Operation<UpdateTerminationProtection.Request, UpdateTerminationProtection.Response>
{
    public sealed record Request
    {
        public required bool? EnableTerminationProtection { get; init; }

        [Length(1), Pattern(@"([a-zA-Z][-a-zA-Z0-9]*)|(arn:\b(aws|aws-us-gov|aws-cn)\b:[-a-zA-Z0-9:/._+]*)")]
        public required string StackName { get; init; }
    }

    public sealed record Response(string StackId);

    public override AccessLevel Level => AccessLevel.Write;

    protected override string Resource(Call call, Request request) => StackNames.ArnOf(call, request.StackName);

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        return new((await stacks.ProtectAsync(call.Registry, request.StackName, request.EnableTerminationProtection!.Value, cancel)).Id);
    }
}
