using System.Collections.Frozen;
using System.Globalization;
using Berth.Identity.Organizations;
using Berth.Policy;

namespace Berth.Server.Gate.Doors;

/// <summary>
/// The condition keys of how a request came, whoever sent it. Through a VPC endpoint it has those of the endpoint's network, and no
/// <c>aws:SourceIp</c> (IAM User Guide, "AWS global condition context keys", "Properties of the network").
/// </summary>
internal static class NetworkKeys
{
    /// <summary>The keys of one value.</summary>
    public static readonly FrozenDictionary<string, Func<Circumstances, Organization, string?>> Single =
        new Dictionary<string, Func<Circumstances, Organization, string?>>(StringComparer.Ordinal)
        {
            ["aws:RequestedRegion"] = (how, _) => how.Region.ToString(),
            ["aws:SecureTransport"] = (how, _) => how.IsSecure ? "true" : "false",
            ["aws:SourceIp"] = (how, _) => how.Door is null ? how.Source?.ToString() : null,
            ["aws:SourceVpce"] = (how, _) => how.Door?.EndpointId,
            ["aws:SourceVpc"] = (how, _) => how.Door?.VpcId,
            ["aws:SourceVpcArn"] = (how, _) => how.Door?.VpcArn,
            ["aws:VpcSourceIp"] = (how, _) => how.Door is null ? null : how.Source?.ToString(),
            ["aws:VpceAccount"] = (how, _) => how.Door?.Owner.ToString(),
            ["aws:VpceOrgID"] = (how, organization) => how.Door is null ? null : organization.Id,
            ["aws:UserAgent"] = (how, _) => how.UserAgent,
            ["aws:referer"] = (how, _) => how.Referer,
            ["aws:CurrentTime"] = (how, _) => Text(how.Time),
            ["aws:EpochTime"] = (how, _) => how.Time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
            ["aws:ViaAWSService"] = (how, _) => how.Via is null ? "false" : "true",
            ["aws:CalledViaFirst"] = (how, _) => how.Via,
            ["aws:CalledViaLast"] = (how, _) => how.Via,
        }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The keys of several values.</summary>
    public static readonly FrozenDictionary<string, Func<Circumstances, Organization, string?>> Several =
        new Dictionary<string, Func<Circumstances, Organization, string?>>(StringComparer.Ordinal)
        {
            ["aws:CalledVia"] = (how, _) => how.Via,
            ["aws:VpceOrgPaths"] = (how, organization) => how.Door is null ? null : organization.Path,
        }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a key, whose case does not count, is one of these; then its values, or null when the request does not have it.</summary>
    public static bool TryFind(string key, Circumstances circumstances, Organization organization, out ContextValue? values)
    {
        values = null;
        if (Single.TryGetValue(key, out var single))
        {
            values = single(circumstances, organization) is { } value ? ContextValue.One(value) : null;
            return true;
        }

        if (Several.TryGetValue(key, out var several))
        {
            values = several(circumstances, organization) is { } value ? ContextValue.Several(value) : null;
            return true;
        }

        return false;
    }

    /// <summary>A moment as conditions write it.</summary>
    public static string Text(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
