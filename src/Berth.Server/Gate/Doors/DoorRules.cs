using Berth.Network;
using Berth.Vocabulary;

namespace Berth.Server.Gate.Doors;

/// <summary>What a door leads to: one service, in one Region. Without a door everything passes.</summary>
internal static class DoorRules
{
    /// <summary>Refuses a request for ECR that has another door. Faults: <see cref="DoorOfOtherService"/>, <see cref="DoorOfOtherRegion"/>.</summary>
    /// <param name="door">The door that it came through; null for none.</param>
    /// <param name="kind">Which of ECR's doors it has.</param>
    /// <param name="region">The Region that it is for.</param>
    public static void RefuseOther(Door? door, DoorKind kind, RegionName region)
    {
        if (door is null)
        {
            return;
        }

        if (door.Service.Kind != kind)
        {
            throw new DoorOfOtherService(door.EndpointId, door.Service.Name, (door.Service with { Kind = kind }).Name).AsException();
        }

        if (door.Region != region)
        {
            throw new DoorOfOtherRegion(door.EndpointId, door.Service.Name, region.ToString()).AsException();
        }
    }

    /// <summary>Refuses a call of a service. Faults: those above, and for a service other than ECR <see cref="DoorLeadsElsewhere"/>.</summary>
    public static void RefuseOther(Door? door, string service, RegionName region)
    {
        if (door is not null && service is not "ecr")
        {
            throw new DoorLeadsElsewhere(door.EndpointId, door.Service.Name, service).AsException();
        }

        RefuseOther(door, DoorKind.Api, region);
    }
}
