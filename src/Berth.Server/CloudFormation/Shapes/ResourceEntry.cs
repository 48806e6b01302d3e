using Berth.Stacks;

namespace Berth.Server.CloudFormation.Shapes;

/// <summary>A resource of a stack (CloudFormation's shape <c>StackResource</c>).</summary>
internal sealed record ResourceEntry(
    string StackName,
    string StackId,
    string LogicalResourceId,
    string? PhysicalResourceId,
    string ResourceType,
    DateTimeOffset Timestamp,
    string ResourceStatus,
    string? ResourceStatusReason,
    ResourceDriftEntry DriftInformation)
{
    public static ResourceEntry Of(Stack stack, StackResource resource) => new(
        stack.Name,
        stack.Id,
        resource.LogicalId,
        resource.PhysicalId,
        resource.Type,
        resource.ChangedAt,
        resource.Status,
        resource.Reason,
        new("NOT_CHECKED"));
}

/// <summary>A resource with what its template says of it (CloudFormation's shape <c>StackResourceDetail</c>).</summary>
internal sealed record ResourceDetailEntry(
    string StackName,
    string StackId,
    string LogicalResourceId,
    string? PhysicalResourceId,
    string ResourceType,
    DateTimeOffset LastUpdatedTimestamp,
    string ResourceStatus,
    string? ResourceStatusReason,
    string? Metadata,
    ResourceDriftEntry DriftInformation)
{
    public static ResourceDetailEntry Of(Stack stack, StackResource resource) => new(
        stack.Name,
        stack.Id,
        resource.LogicalId,
        resource.PhysicalId,
        resource.Type,
        resource.ChangedAt,
        resource.Status,
        resource.Reason,
        resource.Detail.Metadata?.ToJsonString() ?? "{}",
        new("NOT_CHECKED"));
}

/// <summary>A resource in a listing (CloudFormation's shape <c>StackResourceSummary</c>).</summary>
internal sealed record ResourceSummary(
    string LogicalResourceId,
    string? PhysicalResourceId,
    string ResourceType,
    DateTimeOffset LastUpdatedTimestamp,
    string ResourceStatus,
    string? ResourceStatusReason,
    ResourceDriftEntry DriftInformation)
{
    public static ResourceSummary Of(StackResource resource) => new(
        resource.LogicalId, resource.PhysicalId, resource.Type, resource.ChangedAt, resource.Status, resource.Reason, new("NOT_CHECKED"));
}

/// <summary>Something that happened (CloudFormation's shape <c>StackEvent</c>).</summary>
internal sealed record EventDetail(
    string StackId,
    string EventId,
    string StackName,
    string LogicalResourceId,
    string PhysicalResourceId,
    string ResourceType,
    DateTimeOffset Timestamp,
    string ResourceStatus,
    string? ResourceStatusReason,
    string? ResourceProperties,
    string? ClientRequestToken)
{
    public static EventDetail Of(Stack stack, StackEvent found) => new(
        stack.Id,
        found.Id,
        stack.Name,
        found.LogicalId,
        found.PhysicalId ?? "",
        found.Type,
        found.Time,
        found.Status,
        found.Reason,
        found.Properties,
        found.Token);
}
