using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.CloudFormation.Shapes;
using Berth.Server.Gate;
using Berth.Stacks;
using Berth.Vocabulary;

namespace Berth.Server.CloudFormation.Changes;

/// <summary>The change sets of a stack page by page.</summary>
internal sealed class ListChangeSets(StackReads stacks, ChangeSets sets, PageTokens tokens) : Operation<ListChangeSets.Request, ListChangeSets.Response>
{
    public sealed record Request
    {
        [Length(1, 1024)]
        public string? NextToken { get; init; }

        [Length(1), Pattern(@"([a-zA-Z][-a-zA-Z0-9]*)|(arn:\b(aws|aws-us-gov|aws-cn)\b:[-a-zA-Z0-9:/._+]*)")]
        public required string StackName { get; init; }
    }

    public sealed record Response(IReadOnlyList<ChangeSetSummary> Summaries, string? NextToken);

    public override AccessLevel Level => AccessLevel.List;

    protected override string Resource(Call call, Request request) => StackNames.ArnOf(call, request.StackName);

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        var stack = await stacks.FindAsync(call.Registry, request.StackName, cancel) ?? throw new StackAbsent(request.StackName).AsException();
        var page = await StackPages.ReadAsync(
            tokens, [Name, stack.Id], request.NextToken, set => set.Name, (after, limit) => sets.ListAsync(stack, after, limit, cancel));
        return new([.. page.Rows.Select(set => ChangeSetSummary.Of(stack, set))], page.NextToken);
    }

    /// <summary>A change set in a listing.</summary>
    public sealed record ChangeSetSummary(
        string ChangeSetId,
        string ChangeSetName,
        string StackId,
        string StackName,
        string Status,
        string? StatusReason,
        string ExecutionStatus,
        string? Description,
        DateTimeOffset CreationTime,
        bool IncludeNestedStacks)
    {
        public static ChangeSetSummary Of(Stack stack, ChangeSet set) => new(
            set.Id, set.Name, stack.Id, stack.Name, set.Status, set.Reason, set.Execution, set.Description, set.CreatedAt, set.Detail.IncludesNested);
    }
}
