using Berth.Server.Aws;
using Berth.Server.CloudFormation.Shapes;
using Berth.Server.Gate;
using Berth.Stacks;
using Berth.Vocabulary;

namespace Berth.Server.CloudFormation.Stacks;

/// <summary>A resource of a stack.</summary>
internal sealed class DescribeStackResource(StackReads stacks) : Operation<DescribeStackResource.Request, DescribeStackResource.Response>
{
    public sealed record Request
    {
        public required string LogicalResourceId { get; init; }

        public required string StackName { get; init; }
    }

    public sealed record Response(ResourceDetailEntry StackResourceDetail);

    public override AccessLevel Level => AccessLevel.Read;

    protected override string Resource(Call call, Request request) => StackNames.ArnOf(call, request.StackName);

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        var stack = await stacks.FindAsync(call.Registry, request.StackName, cancel)
            ?? throw new StackRequestInvalid($"Stack '{request.StackName}' does not exist").AsException();
        var found = (await stacks.ResourcesAsync(stack, cancel)).LastOrDefault(resource => string.Equals(resource.LogicalId, request.LogicalResourceId, StringComparison.Ordinal));
        return new(ResourceDetailEntry.Of(
            stack,
            found ?? throw new StackRequestInvalid($"Resource {request.LogicalResourceId} does not exist for stack {request.StackName}").AsException()));
    }
}
