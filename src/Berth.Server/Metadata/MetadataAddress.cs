using System.Globalization;

namespace Berth.Server.Metadata;

/// <summary>What a path asks of the machine endpoints: <c>/latest/...</c>, the same behind a machine's secret, or credentials alone, of a machine or a pod.</summary>
/// <param name="Secret">The secret in <c>/machine/{secret}/...</c>; null when the path has none.</param>
/// <param name="Rest">The path without the secret. Only this part may be logged.</param>
internal sealed record MetadataAddress(string? Secret, string Rest)
{
    /// <summary>Where SDKs find credentials that are told to by <c>AWS_CONTAINER_CREDENTIALS_FULL_URI</c>.</summary>
    public const string Credentials = "/v1/machine/credentials";

    /// <summary>Where pods find theirs: at the path of EKS's agent.</summary>
    public const string PodCredentials = "/v1/credentials";

    private const string Machine = "/machine/";

    /// <summary>Whether credentials are asked for in the way of containers.</summary>
    public bool IsContainer => string.Equals(Rest, Credentials, StringComparison.Ordinal);

    /// <summary>Whether a pod asks.</summary>
    public bool IsPod => string.Equals(Rest, PodCredentials, StringComparison.Ordinal);

    /// <summary>
    /// What the instance metadata service is asked for, without the version before it: <c>meta-data/instance-id</c>. Null when it is
    /// none of its paths.
    /// </summary>
    public string? Item => Rest.TrimStart('/').Split('/', 2) is [var version, var item] && IsVersion(version) ? item : null;

    /// <summary>Reads a path; null when it belongs to another wire.</summary>
    public static MetadataAddress? Find(string path)
    {
        if (path.StartsWith(Machine, StringComparison.Ordinal))
        {
            var end = path.IndexOf('/', Machine.Length);
            return end < 0 ? new(path[Machine.Length..], "/") : new(path[Machine.Length..end], path[end..]);
        }

        var own = new MetadataAddress(Secret: null, path);
        return own.IsContainer || own.IsPod || own.Item is not null ? own : null;
    }

    // SDKs ask for the latest; older tools name the version they were written for.
    private static bool IsVersion(string text) =>
        text is "latest" or "1.0" || DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
}
