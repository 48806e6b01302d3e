using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.CloudFormation.Shapes;
using Berth.Server.Gate;
using Berth.Stacks;

namespace Berth.Server.CloudFormation.Changes;

/// <summary>What a change set would do.</summary>
internal sealed class DescribeChangeSet(ChangeSets sets) : Operation<DescribeChangeSet.Request, DescribeChangeSet.Response>
{
    public sealed record Request
    {
        [Length(1, 1600), Pattern(@"[a-zA-Z][-a-zA-Z0-9]*|arn:[-a-zA-Z0-9:/]*")]
        public required string ChangeSetName { get; init; }

        public bool? IncludePropertyValues { get; init; }

        [Length(1, 1024)]
        public string? NextToken { get; init; }

        [Length(1), Pattern(@"([a-zA-Z][-a-zA-Z0-9]*)|(arn:\b(aws|aws-us-gov|aws-cn)\b:[-a-zA-Z0-9:/._+]*)")]
        public string? StackName { get; init; }
    }

    public sealed record Response
    {
        public required string ChangeSetName { get; init; }

        public required string ChangeSetId { get; init; }

        public required string StackId { get; init; }

        public required string StackName { get; init; }

        public string? Description { get; init; }

        public IReadOnlyList<ParameterEntry>? Parameters { get; init; }

        public required DateTimeOffset CreationTime { get; init; }

        public required string ExecutionStatus { get; init; }

        public required string Status { get; init; }

        public string? StatusReason { get; init; }

        public IReadOnlyList<string> NotificationARNs { get; init; } = [];

        public IReadOnlyList<string>? Capabilities { get; init; }

        public IReadOnlyList<TagEntry>? Tags { get; init; }

        public required IReadOnlyList<ChangeEntry> Changes { get; init; }

        public bool IncludeNestedStacks { get; init; }

        public string? OnStackFailure { get; init; }
    }

    public override AccessLevel Level => AccessLevel.Read;

    protected override string Resource(Call call, Request request) => StackNames.ArnOfSet(call, request.ChangeSetName, request.StackName);

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        var (set, stack) = await sets.GetAsync(call.Registry, request.ChangeSetName, request.StackName, cancel);
        return new()
        {
            ChangeSetName = set.Name,
            ChangeSetId = set.Id,
            StackId = stack.Id,
            StackName = stack.Name,
            Description = set.Description,
            Parameters = ParameterEntry.Of(set.Source.Parameters),
            CreationTime = set.CreatedAt,
            ExecutionStatus = set.Execution,
            Status = set.Status,
            StatusReason = set.Reason,
            Capabilities = set.Source.Capabilities,
            Tags = TagEntry.Of(set.Source.Tags),
            Changes = [.. set.Detail.Changes.Select(ChangeEntry.Of)],
            IncludeNestedStacks = set.Detail.IncludesNested,
            OnStackFailure = set.Detail.OnFailure,
        };
    }
}
