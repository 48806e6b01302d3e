using Berth.Vocabulary;

namespace Berth.Trail;

/// <summary>One record of the trail, and what it is found by.</summary>
/// <param name="Id">Its <c>eventID</c>.</param>
/// <param name="Registry">The account that it is recorded for, and the Region.</param>
/// <param name="Time">When it was asked for.</param>
/// <param name="Name">Such as <c>PutImage</c>.</param>
/// <param name="Source">Such as <c>ecr.amazonaws.com</c>.</param>
public sealed record TrailEvent(string Id, RegistryId Registry, DateTimeOffset Time, string Name, string Source)
{
    /// <summary>The longest record, in bytes (CloudTrail record contents).</summary>
    public const int LongestRecord = 256 * 1024;

    /// <summary>Whether it changed nothing.</summary>
    public required bool IsReadOnly { get; init; }

    /// <summary>The caller by the name people know; null for an event of the service itself.</summary>
    public string? Username { get; init; }

    /// <summary>The access key that signed; null where none did.</summary>
    public string? AccessKeyId { get; init; }

    /// <summary>What it was about.</summary>
    public IReadOnlyList<TrailResource> Resources { get; init; } = [];

    /// <summary>The record as it is answered and exported: one JSON object, in UTF-8.</summary>
    public required byte[] Record { get; init; }

    /// <summary>Whether it is another account's copy, which is kept only if there is such an account.</summary>
    public bool IsCopy { get; init; }
}
