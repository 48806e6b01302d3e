using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.CloudFormation.Shapes;
using Berth.Server.Gate;
using Berth.Stacks;

namespace Berth.Server.CloudFormation.Stacks;

/// <summary>An account's stacks, those that were deleted in the last ninety days too, page by page.</summary>
internal sealed class ListStacks(StackReads stacks, PageTokens tokens) : Operation<ListStacks.Request, ListStacks.Response>
{
    public sealed record Request
    {
        [Length(1, 1024)]
        public string? NextToken { get; init; }

        [Values("CREATE_IN_PROGRESS", "CREATE_FAILED", "CREATE_COMPLETE", "ROLLBACK_IN_PROGRESS", "ROLLBACK_FAILED", "ROLLBACK_COMPLETE", "DELETE_IN_PROGRESS", "DELETE_FAILED", "DELETE_COMPLETE", "UPDATE_IN_PROGRESS", "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS", "UPDATE_COMPLETE", "UPDATE_FAILED", "UPDATE_ROLLBACK_IN_PROGRESS", "UPDATE_ROLLBACK_FAILED", "UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS", "UPDATE_ROLLBACK_COMPLETE", "REVIEW_IN_PROGRESS", "IMPORT_IN_PROGRESS", "IMPORT_COMPLETE", "IMPORT_ROLLBACK_IN_PROGRESS", "IMPORT_ROLLBACK_FAILED", "IMPORT_ROLLBACK_COMPLETE")]
        public IReadOnlyList<string>? StackStatusFilter { get; init; }
    }

    public sealed record Response(IReadOnlyList<StackSummary> StackSummaries, string? NextToken);

    public override AccessLevel Level => AccessLevel.List;

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        var filter = request.StackStatusFilter ?? [];
        var page = await StackPages.ReadAsync(
            tokens, [Name, $"{call.Registry}", .. filter], request.NextToken, stack => stack.Id, (after, limit) => stacks.ListAsync(call.Registry, after, limit, filter, cancel));
        return new([.. page.Rows.Select(StackSummary.Of)], page.NextToken);
    }
}
