using Berth.Identity.Delivery;

namespace Berth.Server.Metadata;

/// <summary>What there is to know about a machine, by its path. What is not known of it has no path, rather than a value made up.</summary>
internal sealed class MetadataItems(MachineRoles roles, TimeProvider time)
{
    private const string Roles = "meta-data/iam/security-credentials/";

    /// <summary>The text at a path such as <c>meta-data/instance-id</c>, or the names in a folder, one a line; null when there is nothing.</summary>
    public async Task<string?> FindAsync(Machine machine, string path, CancellationToken cancel)
    {
        var profile = await roles.FindProfileAsync(machine.ProfileId, cancel);
        if (profile.RoleName is { } role && string.Equals(path, Roles + role, StringComparison.Ordinal))
        {
            return MetadataDocuments.Credentials(await roles.IssueAsync(machine, profile, cancel), role, time.GetUtcNow());
        }

        var all = All(machine, profile).ToDictionary(StringComparer.Ordinal);
        return all.TryGetValue(path, out var text) ? text : ListFolder(all.Keys, path);
    }

    private IEnumerable<KeyValuePair<string, string>> All(Machine machine, MachineProfile profile)
    {
        // A Region here is one place; its name as a zone is what tools expect to find.
        var zone = $"{machine.Region}a";
        yield return new("dynamic/instance-identity/document", MetadataDocuments.Identity(machine, zone));
        yield return new("meta-data/iam/info", MetadataDocuments.Info(profile, time.GetUtcNow()));
        yield return new("meta-data/instance-id", machine.InstanceId);
        yield return new("meta-data/placement/availability-zone", zone);
        yield return new("meta-data/placement/region", machine.Region.ToString());
        if (machine.PrivateAddress is { } address)
        {
            yield return new("meta-data/local-ipv4", address);
        }

        if (profile.RoleName is { } role)
        {
            yield return new(Roles + role, "");
        }
    }

    private static string? ListFolder(IEnumerable<string> paths, string folder)
    {
        var prefix = folder.Length == 0 || folder.EndsWith('/') ? folder : folder + "/";
        var names = paths
            .Where(path => path.StartsWith(prefix, StringComparison.Ordinal))
            .Select(path => path[prefix.Length..].Split('/', 2) is [var inner, _] ? inner + "/" : path[prefix.Length..])
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        return string.Join('\n', names) is { Length: > 0 } list ? list : null;
    }
}
