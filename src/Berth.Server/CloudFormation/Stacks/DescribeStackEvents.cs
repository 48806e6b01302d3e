using System.Globalization;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.CloudFormation.Shapes;
using Berth.Server.Gate;
using Berth.Stacks;
using Berth.Vocabulary;

namespace Berth.Server.CloudFormation.Stacks;

/// <summary>What happened to a stack, the newest first, page by page.</summary>
internal sealed class DescribeStackEvents(StackReads stacks, PageTokens tokens) : Operation<DescribeStackEvents.Request, DescribeStackEvents.Response>
{
    public sealed record Request
    {
        [Length(1, 1024)]
        public string? NextToken { get; init; }

        public required string StackName { get; init; }
    }

    public sealed record Response(IReadOnlyList<EventDetail> StackEvents, string? NextToken);

    public override AccessLevel Level => AccessLevel.Read;

    protected override string Resource(Call call, Request request) => StackNames.ArnOf(call, request.StackName);

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        var stack = await stacks.FindAsync(call.Registry, request.StackName, cancel) ?? throw new StackAbsent(request.StackName).AsException();
        var page = await StackPages.ReadAsync(
            tokens,
            [Name, stack.Id],
            request.NextToken,
            found => found.Number.ToString(CultureInfo.InvariantCulture),
            (before, limit) => stacks.EventsAsync(stack, before is null ? null : long.Parse(before, CultureInfo.InvariantCulture), limit, cancel));
        return new([.. page.Rows.Select(found => EventDetail.Of(stack, found))], page.NextToken);
    }
}
