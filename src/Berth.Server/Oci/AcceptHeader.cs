using System.Globalization;
using Berth.Vocabulary;
using Microsoft.Extensions.Primitives;

namespace Berth.Server.Oci;

/// <summary>Reads which manifests a client takes (RFC 9110, 12.5.1).</summary>
internal static class AcceptHeader
{
    private static readonly string[] Stored =
        [MediaType.OciManifest, MediaType.OciIndex, MediaType.DockerManifest, MediaType.DockerManifestList];

    /// <summary>Those of the stored manifest types that the headers accept; null when there is no header, which accepts all.</summary>
    public static IReadOnlyCollection<string>? ManifestTypes(StringValues headers)
    {
        var ranges = headers
            .SelectMany(header => (header ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            .Select(Read)
            .ToList();
        return ranges.Count == 0 ? null : [.. Stored.Where(type => IsAccepted(type, ranges))];
    }

    // The most specific range that fits decides, so that a type can be left out of a wildcard by a weight of zero.
    private static bool IsAccepted(string type, List<(string Range, bool IsWanted)> ranges)
    {
        string[] fitting = [type, string.Concat(type.AsSpan(0, type.IndexOf('/', StringComparison.Ordinal) + 1), "*"), "*/*"];
        return fitting
            .Select(candidate => ranges.Where(range => string.Equals(range.Range, candidate, StringComparison.OrdinalIgnoreCase)).ToList())
            .FirstOrDefault(found => found.Count > 0)
            ?.Exists(range => range.IsWanted) ?? false;
    }

    private static (string Range, bool IsWanted) Read(string element)
    {
        var parts = element.Split(';', StringSplitOptions.TrimEntries);
        var isRefused = parts.Skip(1).Any(parameter =>
            parameter.StartsWith("q=", StringComparison.OrdinalIgnoreCase)
            && double.TryParse(parameter.AsSpan(2), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var weight)
            && weight == 0);
        return (parts[0], !isRefused);
    }
}
