using Berth.Server.Aws;
using Berth.Server.CloudFormation.Shapes;
using Berth.Server.Gate;
using Berth.Stacks;
using Berth.Vocabulary;

namespace Berth.Server.CloudFormation.Stacks;

/// <summary>The resources of a stack, or of the stack that a resource belongs to.</summary>
internal sealed class DescribeStackResources(StackReads stacks) : Operation<DescribeStackResources.Request, DescribeStackResources.Response>
{
    public sealed record Request
    {
        public string? LogicalResourceId { get; init; }

        public string? PhysicalResourceId { get; init; }

        public string? StackName { get; init; }
    }

    public sealed record Response(IReadOnlyList<ResourceEntry> StackResources);

    public override AccessLevel Level => AccessLevel.Read;

    protected override string Resource(Call call, Request request) => StackNames.ArnOf(call, request.StackName);

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        if (request is { StackName: null, PhysicalResourceId: null } or { StackName: not null, PhysicalResourceId: not null })
        {
            throw new StackRequestInvalid("Either StackName or PhysicalResourceId must be specified, but not both").AsException();
        }

        var stack = request.StackName is { } name
            ? await stacks.GetAsync(call.Registry, name, cancel)
            : await stacks.FindByPhysicalIdAsync(call.Registry, request.PhysicalResourceId!, cancel)
                ?? throw new StackRequestInvalid($"Stack for {request.PhysicalResourceId} does not exist").AsException();
        var found = await stacks.ResourcesAsync(stack, cancel);
        return new([.. found
            .Where(resource => request.LogicalResourceId is null || string.Equals(resource.LogicalId, request.LogicalResourceId, StringComparison.Ordinal))
            .Select(resource => ResourceEntry.Of(stack, resource))]);
    }
}
