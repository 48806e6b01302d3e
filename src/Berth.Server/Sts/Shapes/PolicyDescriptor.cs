using System.Text.Json.Serialization;
using Berth.Identity.Sessions;
using Berth.Server.Aws.Constraints;

namespace Berth.Server.Sts.Shapes;

/// <summary>A managed policy that a session is narrowed to.</summary>
internal sealed record PolicyDescriptor
{
    [JsonPropertyName("arn")]
    [Length(20, 2048), Pattern(StsPatterns.Arn)]
    public string? Arn { get; init; }

    /// <summary>What a request narrows its session to.</summary>
    public static SessionLimits ToLimits(string? policy, IReadOnlyList<PolicyDescriptor>? arns) =>
        new(policy, [.. (arns ?? []).Select(descriptor => descriptor.Arn).OfType<string>()]);
}
