using System.Text;
using Berth.Trail;

namespace Berth.Server.CloudTrail;

/// <summary>One record of the trail.</summary>
internal sealed record Event
{
    public required string EventId { get; init; }

    public required string EventName { get; init; }

    /// <summary><c>true</c> or <c>false</c>, as text.</summary>
    public required string ReadOnly { get; init; }

    public string? AccessKeyId { get; init; }

    public required DateTimeOffset EventTime { get; init; }

    public required string EventSource { get; init; }

    public string? Username { get; init; }

    public required IReadOnlyList<Resource> Resources { get; init; }

    /// <summary>The whole record, as JSON.</summary>
    public required string CloudTrailEvent { get; init; }

    /// <summary>What is answered of an event.</summary>
    public static Event Of(TrailEvent found) => new()
    {
        EventId = found.Id,
        EventName = found.Name,
        ReadOnly = found.IsReadOnly ? "true" : "false",
        AccessKeyId = found.AccessKeyId,
        EventTime = DateTimeOffset.FromUnixTimeSeconds(found.Time.ToUnixTimeSeconds()),
        EventSource = found.Source,
        Username = found.Username,
        Resources = [.. found.Resources.Select(resource => new Resource(resource.Type, resource.Name))],
        CloudTrailEvent = Encoding.UTF8.GetString(found.Record),
    };
}

/// <summary>Something that an event was about.</summary>
internal sealed record Resource(string ResourceType, string ResourceName);
