using Berth.Vocabulary;

namespace Berth.Network;

/// <summary>The Availability Zones of a Region: three, of which Berth tells no difference.</summary>
/// <param name="Name">Such as <c>us-east-1a</c>.</param>
/// <param name="Id">Such as <c>use1-az1</c>.</param>
public sealed record Zone(string Name, string Id)
{
    private static readonly string[] Directions = ["northeast", "northwest", "southeast", "southwest"];

    /// <summary>The zones of a Region.</summary>
    public static IReadOnlyList<Zone> Of(RegionName region) =>
        [.. new[] { (Letter: 'a', Number: 1), (Letter: 'b', Number: 2), (Letter: 'c', Number: 3) }.Select(zone => new Zone($"{region}{zone.Letter}", $"{Short(region)}-az{zone.Number}"))];

    /// <summary>The id of a zone by its name.</summary>
    public static string IdOf(RegionName region, string name) =>
        Of(region).FirstOrDefault(zone => string.Equals(zone.Name, name, StringComparison.Ordinal))?.Id ?? "";

    // us-east-1 is use1, ap-northeast-1 apne1.
    private static string Short(RegionName region)
    {
        var parts = region.ToString().Split('-');
        return parts[0] + string.Concat(parts[1..].Select(part =>
            Directions.Contains(part, StringComparer.Ordinal) ? $"{part[0]}{part[5]}" : char.IsAsciiDigit(part[0]) ? part : part[..1]));
    }
}
