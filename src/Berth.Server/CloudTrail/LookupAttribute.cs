using Berth.Server.Aws.Constraints;

namespace Berth.Server.CloudTrail;

/// <summary>One thing that events are found by.</summary>
internal sealed record LookupAttribute
{
    [Values("EventId", "EventName", "ReadOnly", "Username", "ResourceType", "ResourceName", "EventSource", "AccessKeyId")]
    public required string AttributeKey { get; init; }

    [Length(1, 2000)]
    public required string AttributeValue { get; init; }
}
