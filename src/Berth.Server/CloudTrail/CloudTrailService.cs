using Berth.Server.Aws;
using Berth.Server.Gate;
using Berth.Trail;

namespace Berth.Server.CloudTrail;

/// <summary>AWS CloudTrail, as far as it is about finding what was done.</summary>
internal static class CloudTrailService
{
    /// <summary>The operations that are built.</summary>
    public static Service Create(CloudTrailParts parts) =>
        new Service(
            "cloudtrail",
            new Json11("com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101", membersInCamelCase: false) { OtherPrefix = "CloudTrail_20131101" })
            .Add(() => new LookupEvents(parts.Lookup, parts.Queue, parts.PageTokens));
}

/// <summary>What the operations stand on.</summary>
internal sealed record CloudTrailParts
{
    public required TrailLookup Lookup { get; init; }

    public required TrailQueue Queue { get; init; }

    public required PageTokens PageTokens { get; init; }
}
