using System.Text.RegularExpressions;
using Berth.Vocabulary;

namespace Berth.Network;

/// <summary>A host name that can mean a door; whether it does, only the doors there are can tell.</summary>
/// <param name="Service">The service that is meant.</param>
public sealed partial record DoorName(DoorService Service)
{
    private const string EndpointMark = ".vpce";

    /// <summary>The endpoint whose own name it is; null for a name that means a door in networks with private DNS only.</summary>
    public string? EndpointId { get; init; }

    /// <summary>What stands behind the endpoint's id in its own names.</summary>
    public string? Suffix { get; init; }

    /// <summary>The availability zone of a zonal name; null for a Regional one.</summary>
    public string? Zone { get; init; }

    /// <summary>The account of the registry that the name tells; null when it tells none.</summary>
    public AccountId? Account { get; init; }

    /// <summary>
    /// Reads the host of a request, under whatever domain: <c>vpce-(id)-(suffix).dkr.ecr.(region).vpce...</c>, the name of ECR's API, or
    /// that of a registry. Null for every other name.
    /// </summary>
    /// <param name="host">As sent, without port.</param>
    public static DoorName? Find(string host)
    {
        var name = host.TrimEnd('.').ToLowerInvariant();
        if (name.Contains(EndpointMark, StringComparison.Ordinal) && Read(Own().Match(name)) is { } own)
        {
            return own;
        }

        return name.Contains("ecr", StringComparison.Ordinal) ? Read(Registry().Match(name)) ?? Read(Api().Match(name)) ?? Read(Other().Match(name)) : null;
    }

    /// <summary>Whether a host name has the form of an endpoint's own, at little cost.</summary>
    public static bool IsOwnForm(string host) => host.Contains(EndpointMark, StringComparison.OrdinalIgnoreCase) && Find(host) is { EndpointId: not null };

    private static DoorName? Read(Match match)
    {
        if (!match.Success || !RegionName.TryParse(match.Groups["region"].Value, out var region))
        {
            return null;
        }

        var kind = match.Groups["kind"].Value is "dkr" ? DoorKind.Registry : DoorKind.Api;
        return new(new DoorService(kind, region, match.Groups["fips"].Success))
        {
            EndpointId = Text(match, "endpoint"),
            Suffix = Text(match, "suffix"),
            Zone = Text(match, "zone"),
            Account = AccountId.TryParse(Text(match, "account"), out var account) ? account : null,
        };
    }

    private static string? Text(Match match, string group) => match.Groups[group] is { Success: true, Value: var value } ? value : null;

    // The account before an endpoint's own name is ours: AWS has no name for another account's registry there.
    [GeneratedRegex(
        @"\A((?<account>[0-9]{12})\.)?(?<endpoint>vpce-[0-9a-f]{17})-(?<suffix>[a-z0-9]{8})(-(?<zone>[a-z0-9-]{1,48}))?"
        + @"\.(?<kind>api|dkr)\.ecr(?<fips>-fips)?\.(?<region>[a-z0-9-]{1,40})\.vpce(\.|\z)",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Own();

    [GeneratedRegex(
        @"\A(?<account>[0-9]{12})\.(?<kind>dkr)[.-]ecr(?<fips>-fips)?\.(?<region>[a-z0-9-]{1,40})(\.|\z)",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Registry();

    [GeneratedRegex(
        @"\A(?<kind>api)\.ecr(?<fips>-fips)?\.(?<region>[a-z0-9-]{1,40})(\.|\z)",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Api();

    // The API's other names: dual stack, and FIPS without the label in front.
    [GeneratedRegex(
        @"\A(ecr(?<fips>-fips)?\.(?<region>[a-z0-9-]{1,40})\.api\.aws|ecr(?<fips>-fips)\.(?<region>[a-z0-9-]{1,40})\.amazonaws\.com(\.cn)?)\z",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Other();
}
