using System.Collections.Frozen;

namespace Berth.Identity.Entities;

/// <summary>A policy that AWS manages, as every account finds it.</summary>
/// <param name="Arn">In the partition <c>aws</c>.</param>
/// <param name="Version">The number of the version that counts.</param>
/// <param name="CreatedAt">When AWS made the policy.</param>
/// <param name="UpdatedAt">When AWS made this version.</param>
/// <param name="Document">What it allows.</param>
public sealed record AwsManagedPolicy(string Arn, int Version, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, string Document)
{
    /// <summary>What follows the last slash.</summary>
    public string Name => Arn[(Arn.LastIndexOf('/') + 1)..];
}

/// <summary>The policies of AWS that are about registries (AWS Managed Policy Reference Guide).</summary>
public static class AwsManagedPolicies
{
    private static readonly FrozenDictionary<string, AwsManagedPolicy> ByArn =
        All.ToFrozenDictionary(policy => policy.Arn, StringComparer.Ordinal);

    /// <summary>Every one of them, in the order of their names.</summary>
    public static IReadOnlyList<AwsManagedPolicy> All => [];

    /// <summary>The policy of that ARN, or null.</summary>
    public static AwsManagedPolicy? Find(string arn) => ByArn.GetValueOrDefault(arn);
}
