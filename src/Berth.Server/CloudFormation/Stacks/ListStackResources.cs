using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.CloudFormation.Shapes;
using Berth.Server.Gate;
using Berth.Stacks;

namespace Berth.Server.CloudFormation.Stacks;

/// <summary>The resources of a stack page by page.</summary>
internal sealed class ListStackResources(StackReads stacks, PageTokens tokens) : Operation<ListStackResources.Request, ListStackResources.Response>
{
    public sealed record Request
    {
        [Length(1, 1024)]
        public string? NextToken { get; init; }

        public required string StackName { get; init; }
    }

    public sealed record Response(IReadOnlyList<ResourceSummary> StackResourceSummaries, string? NextToken);

    public override AccessLevel Level => AccessLevel.List;

    protected override string Resource(Call call, Request request) => StackNames.ArnOf(call, request.StackName);

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        var stack = await stacks.GetAsync(call.Registry, request.StackName, cancel);
        var found = await stacks.ResourcesAsync(stack, cancel);
        var page = await StackPages.ReadAsync(
            tokens,
            [Name, stack.Id],
            request.NextToken,
            resource => resource.LogicalId,
            (after, limit) => Task.FromResult<IReadOnlyList<StackResource>>(
                [.. found.Where(resource => string.CompareOrdinal(resource.LogicalId, after ?? "") > 0).Take(limit)]));
        return new([.. page.Rows.Select(ResourceSummary.Of)], page.NextToken);
    }
}
