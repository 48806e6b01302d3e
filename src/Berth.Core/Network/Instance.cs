using System.Text.Json.Serialization;
using Berth.Vocabulary;

namespace Berth.Network;

/// <summary>
/// An instance: no machine that Berth runs, but the place of one in a network. Where it has an instance profile there is a
/// <see cref="Identity.Delivery.Machine"/> of the same id, which is handed its role.
/// </summary>
public sealed record Instance : NetworkObject, INetworkKind
{
    /// <summary>It is there.</summary>
    public const string Running = "running";
    /// <summary>It is over.</summary>
    public const string Terminated = "terminated";

    /// <inheritdoc/>
    public static NetworkKind Type => NetworkKind.Instance;

    /// <inheritdoc/>
    public override NetworkKind Kind => Type;

    /// <summary>What was started together has the same.</summary>
    public required string ReservationId { get; init; }

    /// <summary>Its place among those, from 0.</summary>
    public int LaunchIndex { get; init; }

    /// <summary>The image it was asked to be of; nobody checks that there is one.</summary>
    public required string ImageId { get; init; }

    /// <summary>Such as <c>t4g.nano</c>.</summary>
    public required string InstanceType { get; init; }

    /// <summary>The Availability Zone it is in.</summary>
    public required string Zone { get; init; }

    /// <summary>The subnet it is in.</summary>
    public required string SubnetId { get; init; }

    /// <summary>The id of its network interface.</summary>
    public required string InterfaceId { get; init; }

    /// <summary>Its IPv4 address in the subnet.</summary>
    public required string PrivateAddress { get; init; }

    /// <summary>Its security groups.</summary>
    public IReadOnlyList<string> GroupIds { get; init; } = [];

    /// <summary>The instance profile that it was given, by ARN and id; it may be gone.</summary>
    public string? ProfileArn { get; init; }

    /// <summary>The id of its instance profile (<c>AIPA...</c>).</summary>
    public string? ProfileId { get; init; }

    /// <summary>The id under which the profile is said to be associated.</summary>
    public string? ProfileAssociationId { get; init; }

    /// <summary>The name of a key pair, kept and told.</summary>
    public string? KeyName { get; init; }

    /// <summary>In base 64.</summary>
    public string? UserData { get; init; }

    /// <summary>Whether it may not be terminated.</summary>
    public bool IsProtected { get; init; }

    /// <summary><c>default</c> or <c>dedicated</c>.</summary>
    public string Tenancy { get; init; } = "default";

    /// <summary><see cref="Running"/> or <see cref="Terminated"/>.</summary>
    public string State { get; init; } = Running;

    /// <summary>When it was terminated.</summary>
    public DateTimeOffset? TerminatedAt { get; init; }

    /// <summary>Whether it is not over.</summary>
    [JsonIgnore]
    public bool IsRunning => State is Running;
}
