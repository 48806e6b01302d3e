namespace Berth.Acceptance.Running;

/// <summary>An access key as it stands in an AWS shared-credentials file.</summary>
internal sealed record RootKey(string Id, string Secret)
{
    public static RootKey Parse(IEnumerable<string> lines)
    {
        var settings = lines
            .Select(line => line.Split('=', 2, StringSplitOptions.TrimEntries))
            .Where(pair => pair.Length == 2)
            .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
        return new(settings["aws_access_key_id"], settings["aws_secret_access_key"]);
    }
}
