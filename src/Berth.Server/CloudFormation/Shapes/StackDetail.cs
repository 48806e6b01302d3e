using Berth.Stacks;

namespace Berth.Server.CloudFormation.Shapes;

/// <summary>A stack (CloudFormation's shape <c>Stack</c>).</summary>
internal sealed record StackDetail
{
    public required string StackId { get; init; }

    public required string StackName { get; init; }

    public string? ChangeSetId { get; init; }

    public string? Description { get; init; }

    public IReadOnlyList<ParameterEntry>? Parameters { get; init; }

    public required DateTimeOffset CreationTime { get; init; }

    public DateTimeOffset? DeletionTime { get; init; }

    public DateTimeOffset? LastUpdatedTime { get; init; }

    public RollbackSettings RollbackConfiguration { get; init; } = new();

    public required string StackStatus { get; init; }

    public string? StackStatusReason { get; init; }

    public required bool DisableRollback { get; init; }

    public IReadOnlyList<string> NotificationARNs { get; init; } = [];

    public int? TimeoutInMinutes { get; init; }

    public IReadOnlyList<string>? Capabilities { get; init; }

    public IReadOnlyList<OutputEntry>? Outputs { get; init; }

    public string? RoleARN { get; init; }

    public IReadOnlyList<TagEntry> Tags { get; init; } = [];

    public required bool EnableTerminationProtection { get; init; }

    public string? ParentId { get; init; }

    public string? RootId { get; init; }

    public DriftEntry DriftInformation { get; init; } = new("NOT_CHECKED");

    public static StackDetail Of(Stack stack) => new()
    {
        StackId = stack.Id,
        StackName = stack.Name,
        ChangeSetId = stack.ChangeSetId,
        Description = stack.Source.Description,
        Parameters = ParameterEntry.Of(stack.Source.Parameters),
        CreationTime = stack.CreatedAt,
        DeletionTime = stack.DeletedAt,
        LastUpdatedTime = stack.UpdatedAt,
        StackStatus = stack.Status,
        StackStatusReason = stack.StatusReason,
        DisableRollback = stack.Operation.OnFailure is "DO_NOTHING",
        TimeoutInMinutes = stack.Operation.TimeoutInMinutes,
        Capabilities = stack.Source.Capabilities is { Count: > 0 } capabilities ? capabilities : null,
        Outputs = stack.Outputs.Count == 0 ? null : [.. stack.Outputs.Select(output => new OutputEntry(output.Key, output.Value, output.Description, output.ExportName))],
        RoleARN = stack.Source.RoleArn,
        Tags = TagEntry.Of(stack.Source.Tags) ?? [],
        EnableTerminationProtection = stack.IsProtected,
        ParentId = stack.ParentId,
        RootId = stack.RootId,
    };

    /// <summary>An output.</summary>
    public sealed record OutputEntry(string OutputKey, string OutputValue, string? Description, string? ExportName);

    /// <summary>Alarms that it is rolled back by: there are none.</summary>
    public sealed record RollbackSettings;
}

/// <summary>Whether something was changed behind the stack's back: nobody looks.</summary>
internal sealed record DriftEntry(string StackDriftStatus);

/// <summary>Whether a resource was changed behind the stack's back: nobody looks.</summary>
internal sealed record ResourceDriftEntry(string StackResourceDriftStatus);

/// <summary>A stack in a listing (CloudFormation's shape <c>StackSummary</c>).</summary>
internal sealed record StackSummary(
    string StackId,
    string StackName,
    string? TemplateDescription,
    DateTimeOffset CreationTime,
    DateTimeOffset? LastUpdatedTime,
    DateTimeOffset? DeletionTime,
    string StackStatus,
    string? StackStatusReason,
    string? ParentId,
    string? RootId,
    DriftEntry DriftInformation)
{
    public static StackSummary Of(Stack stack) => new(
        stack.Id,
        stack.Name,
        stack.Source.Description,
        stack.CreatedAt,
        stack.UpdatedAt,
        stack.DeletedAt,
        stack.Status,
        stack.StatusReason,
        stack.ParentId,
        stack.RootId,
        new("NOT_CHECKED"));
}
