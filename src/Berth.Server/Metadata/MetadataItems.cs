using System.Globalization;
using Berth.Identity.Delivery;
using Berth.Network;

namespace Berth.Server.Metadata;

/// <summary>What there is to know about a machine, by its path. What is not known of it has no path, rather than a value made up.</summary>
internal sealed class MetadataItems(MachineRoles roles, Instances instances, TimeProvider time)
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

        var instance = await instances.FindAsync(new(machine.Account, machine.Region), machine.InstanceId, cancel);
        var all = All(machine, profile, instance).Concat(instance is null ? [] : OfInstance(instance)).ToDictionary(StringComparer.Ordinal);
        return all.TryGetValue(path, out var text) ? text : ListFolder(all.Keys, path);
    }

    /// <summary>What whoever started an instance told it, byte for byte; null for nothing.</summary>
    public async Task<byte[]?> FindUserDataAsync(Machine machine, CancellationToken cancel) =>
        (await instances.FindAsync(new(machine.Account, machine.Region), machine.InstanceId, cancel))?.UserData is { } data
            ? Convert.FromBase64String(data)
            : null;

    private IEnumerable<KeyValuePair<string, string>> All(Machine machine, MachineProfile profile, Instance? instance)
    {
        // A Region here is one place; its name as a zone is what tools expect to find of what is no instance.
        var zone = instance?.Zone ?? $"{machine.Region}a";
        yield return new("dynamic/instance-identity/document", MetadataDocuments.Identity(machine, instance, zone));
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

    private static IEnumerable<KeyValuePair<string, string>> OfInstance(Instance instance)
    {
        var mac = NetworkInterface.MacOf(instance.PrivateAddress);
        var own = $"meta-data/network/interfaces/macs/{mac}/";
        yield return new("meta-data/ami-id", instance.ImageId);
        yield return new("meta-data/ami-launch-index", instance.LaunchIndex.ToString(CultureInfo.InvariantCulture));
        yield return new("meta-data/instance-type", instance.InstanceType);
        yield return new("meta-data/mac", mac);
        yield return new("meta-data/placement/availability-zone-id", Zone.IdOf(instance.Home.Region, instance.Zone));
        yield return new("meta-data/reservation-id", instance.ReservationId);
        yield return new(own + "interface-id", instance.InterfaceId);
        yield return new(own + "local-ipv4s", instance.PrivateAddress);
        yield return new(own + "mac", mac);
        yield return new(own + "owner-id", instance.Home.Account.ToString());
        yield return new(own + "security-group-ids", string.Join('\n', instance.GroupIds));
        yield return new(own + "subnet-id", instance.SubnetId);
        if (instance.VpcId is { } vpc)
        {
            yield return new(own + "vpc-id", vpc);
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
