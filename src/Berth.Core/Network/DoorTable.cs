using System.Collections.Frozen;
using System.Net;
using Berth.Vocabulary;

namespace Berth.Network;

/// <summary>Every door there is, at one moment.</summary>
public sealed class DoorTable
{
    private readonly FrozenDictionary<string, Door> byId;
    private readonly FrozenDictionary<DoorService, Door[]> byService;

    /// <summary>
    /// Takes the doors as they are. Networks of several accounts may claim the same addresses, though each address is in one place only:
    /// the account that manages the deployment comes first, then whoever came first.
    /// </summary>
    /// <param name="doors">The doors.</param>
    /// <param name="management">The account that manages the deployment.</param>
    public DoorTable(IEnumerable<Door> doors, AccountId management)
    {
        Door[] ordered =
        [
            .. doors.OrderBy(door => door.Owner == management ? 0 : 1)
                .ThenBy(door => door.CreatedAt)
                .ThenBy(door => door.EndpointId, StringComparer.Ordinal),
        ];
        byId = ordered.ToFrozenDictionary(door => door.EndpointId, StringComparer.Ordinal);
        byService = ordered.GroupBy(door => door.Service).ToFrozenDictionary(group => group.Key, group => group.ToArray());
        All = ordered;
    }

    /// <summary>The doors, in the order in which they are asked.</summary>
    public IReadOnlyList<Door> All { get; }

    /// <summary>Whether there is none.</summary>
    public bool IsEmpty => byId.Count == 0;

    /// <summary>The door of an endpoint, or null.</summary>
    public Door? Find(string endpointId) => byId.GetValueOrDefault(endpointId);

    /// <summary>The door that a name means to a source, or null: its own name to everybody, the service's inside its network.</summary>
    public Door? Find(DoorName name, IPAddress source) => name.EndpointId is { } id
        ? Find(id) is { } own && IsNameOf(name, own) ? own : null
        : byService.TryGetValue(name.Service, out var doors) ? Array.Find(doors, door => door.HasPrivateDns && door.IsInside(source)) : null;

    /// <summary>The gateway to the layers of a Region for a source, or null.</summary>
    public Door? FindGateway(RegionName region, IPAddress source) =>
        byService.TryGetValue(new(DoorKind.Layers, region), out var doors) ? Array.Find(doors, door => door.IsInside(source)) : null;

    private static bool IsNameOf(DoorName name, Door door) =>
        string.Equals(name.Suffix, door.Suffix, StringComparison.Ordinal)
        && name.Service == door.Service
        && (name.Zone is null || door.Zones.Contains(name.Zone, StringComparer.Ordinal));
}
