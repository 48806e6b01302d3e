using System.Globalization;
using Berth.Vocabulary;

namespace Berth.Trail.Export;

/// <summary>Where exported files lie below their folder: as CloudTrail lays them out in a bucket.</summary>
internal static class ExportNames
{
    /// <summary>The folder of everything.</summary>
    public const string Root = "AWSLogs";

    /// <summary>What follows a digest's name for the file of its signature.</summary>
    public const string Signature = ".sig";

    private const string Logs = "CloudTrail";
    private const string Digests = "CloudTrail-Digest";

    /// <summary>A file of records.</summary>
    public static string OfLog(RegistryId registry, DateTimeOffset time, string unique) =>
        $"{FolderOf(registry, Logs, time)}/{registry.Account}_{Logs}_{registry.Region}_{Text(time, "yyyyMMdd'T'HHmm'Z'")}_{unique}.json.gz";

    /// <summary>A digest.</summary>
    public static string OfDigest(RegistryId registry, DateTimeOffset time) =>
        $"{FolderOf(registry, Digests, time)}/{registry.Account}_{Digests}_{registry.Region}_berth_{registry.Region}_{Text(time, "yyyyMMdd'T'HHmmss'Z'")}.json.gz";

    /// <summary>Whether a path is a digest's.</summary>
    public static bool IsDigest(string path) => path.Split('/') is [Root, _, Digests, ..] && path.EndsWith(".json.gz", StringComparison.Ordinal);

    /// <summary>Whether a path is a file of records.</summary>
    public static bool IsLog(string path) => path.Split('/') is [Root, _, Logs, ..] && path.EndsWith(".json.gz", StringComparison.Ordinal);

    private static string FolderOf(RegistryId registry, string kind, DateTimeOffset time) =>
        $"{Root}/{registry.Account}/{kind}/{registry.Region}/{Text(time, "yyyy'/'MM'/'dd")}";

    private static string Text(DateTimeOffset time, string form) => time.UtcDateTime.ToString(form, CultureInfo.InvariantCulture);
}
