using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.CloudFormation.Shapes;
using Berth.Server.Gate;
using Berth.Stacks;

namespace Berth.Server.CloudFormation.Stacks;

/// <summary>A stack, or an account's stacks page by page.</summary>
internal sealed class DescribeStacks(StackReads stacks, PageTokens tokens) : Operation<DescribeStacks.Request, DescribeStacks.Response>
{
    public sealed record Request
    {
        [Length(1, 1024)]
        public string? NextToken { get; init; }

        public string? StackName { get; init; }
    }

    public sealed record Response(IReadOnlyList<StackDetail> Stacks, string? NextToken);

    public override AccessLevel Level => AccessLevel.List;

    protected override string Resource(Call call, Request request) => StackNames.ArnOf(call, request.StackName);

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        if (request.StackName is { Length: > 0 } name)
        {
            return new([StackDetail.Of(await stacks.GetAsync(call.Registry, name, cancel))], NextToken: null);
        }

        var page = await StackPages.ReadAsync(
            tokens, [Name, $"{call.Registry}"], request.NextToken, stack => stack.Id, (after, limit) => stacks.ListAsync(call.Registry, after, limit, statuses: null, cancel));
        return new([.. page.Rows.Select(StackDetail.Of)], page.NextToken);
    }
}
