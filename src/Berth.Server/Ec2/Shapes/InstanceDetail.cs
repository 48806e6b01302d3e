using System.Text.Json.Serialization;
using Berth.Network;
using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Server.Ec2.Shapes;

/// <summary>An instance with what belongs to it; one that is over has no network interface.</summary>
/// <param name="Instance">The instance.</param>
/// <param name="Interface">Its network interface.</param>
/// <param name="PublicIp">The elastic address that leads to it.</param>
/// <param name="Groups">Its security groups.</param>
internal sealed record InstanceView(Instance Instance, NetworkInterface? Interface, string? PublicIp, IReadOnlyList<GroupIdentifier> Groups)
{
    /// <summary>What may be listed of instances.</summary>
    public static Listing<Instance, InstanceView> ListingOf(Networks networks) => new(
        new(
            view => view.Instance,
            ("instance-id", view => [view.Instance.Id]),
            ("instance-state-name", view => [view.Instance.State]),
            ("instance-state-code", view => [$"{InstanceStateDetail.Of(view.Instance.State).Code}"]),
            ("instance-type", view => [view.Instance.InstanceType]),
            ("image-id", view => [view.Instance.ImageId]),
            ("vpc-id", view => [view.Instance.VpcId]),
            ("network-interface.vpc-id", view => [view.Instance.VpcId]),
            ("subnet-id", view => [view.Interface?.SubnetId]),
            ("network-interface.subnet-id", view => [view.Interface?.SubnetId]),
            ("network-interface.network-interface-id", view => [view.Interface?.Id]),
            ("availability-zone", view => [view.Instance.Zone]),
            ("private-ip-address", view => [view.Interface?.PrivateAddress]),
            ("network-interface.addresses.private-ip-address", view => [view.Interface?.PrivateAddress]),
            ("ip-address", view => [view.PublicIp]),
            ("private-dns-name", view => [view.Interface is { } own ? InterfaceDetail.NameOf(own) : null]),
            ("instance.group-id", view => view.Groups.Select(group => group.GroupId)),
            ("instance.group-name", view => view.Groups.Select(group => group.GroupName)),
            ("group-id", view => view.Groups.Select(group => group.GroupId)),
            ("group-name", view => view.Groups.Select(group => group.GroupName)),
            ("iam-instance-profile.arn", view => [view.Instance.ProfileArn]),
            ("iam-instance-profile.id", view => [view.Instance.ProfileId]),
            ("key-name", view => [view.Instance.KeyName]),
            ("client-token", view => [view.Instance.ClientToken]),
            ("reservation-id", view => [view.Instance.ReservationId]),
            ("owner-id", view => [$"{view.Instance.Home.Account}"]),
            ("tenancy", view => [view.Instance.Tenancy])),
        (rows, home, all) => ViewAsync(networks, rows, home, all));

    /// <summary>Reads what belongs to instances.</summary>
    public static async Task<IReadOnlyList<InstanceView>> ViewAsync(Networks networks, RowReader rows, RegistryId home, IReadOnlyList<Instance> all)
    {
        var interfaces = (await networks.Objects.PartsAsync<NetworkInterface>(rows, home, [.. all.Select(one => one.Id)]))
            .ToDictionary(one => one.ParentId!, StringComparer.Ordinal);
        var public_ = await InterfaceDetail.PublicAddressesAsync(networks, rows, home, interfaces.Values);
        var names = await GroupIdentifier.ReadAsync(networks, rows, home, interfaces.Values.SelectMany(one => one.GroupIds));
        return
        [
            .. all.Select(instance => interfaces.GetValueOrDefault(instance.Id) is { } own
                ? new InstanceView(instance, own, public_.GetValueOrDefault(own.Id)?.PublicIp, [.. own.GroupIds.Select(id => names[id])])
                : new InstanceView(instance, Interface: null, PublicIp: null, [])),
        ];
    }
}

/// <summary>An instance as answers tell of it (EC2's shape <c>Instance</c>).</summary>
internal sealed record InstanceDetail
{
    public required string InstanceId { get; init; }

    public required string ImageId { get; init; }

    [JsonPropertyName("instanceState")]
    public required InstanceStateDetail State { get; init; }

    public string? PrivateDnsName { get; init; }

    [JsonPropertyName("dnsName")]
    public string PublicDnsName { get; init; } = "";

    [JsonPropertyName("reason")]
    public string StateTransitionReason { get; init; } = "";

    public string? KeyName { get; init; }

    public int AmiLaunchIndex { get; init; }

    public required string InstanceType { get; init; }

    public DateTimeOffset LaunchTime { get; init; }

    public required PlacementDetail Placement { get; init; }

    public StateDetail Monitoring { get; init; } = new("disabled");

    public string? SubnetId { get; init; }

    public string? VpcId { get; init; }

    public string? PrivateIpAddress { get; init; }

    [JsonPropertyName("ipAddress")]
    public string? PublicIpAddress { get; init; }

    public bool? SourceDestCheck { get; init; }

    [JsonPropertyName("groupSet")]
    public IReadOnlyList<GroupIdentifier> SecurityGroups { get; init; } = [];

    public ReasonDetail? StateReason { get; init; }

    public string? ClientToken { get; init; }

    [JsonPropertyName("tagSet")]
    public IReadOnlyList<TagEntry> Tags { get; init; } = [];

    [JsonPropertyName("networkInterfaceSet")]
    public IReadOnlyList<InstanceInterfaceDetail> NetworkInterfaces { get; init; } = [];

    public ProfileDetail? IamInstanceProfile { get; init; }

    public MetadataDetail MetadataOptions { get; init; } = new("applied", "required", 2, "enabled");

    /// <summary>The members that every instance has.</summary>
    public static InstanceDetail Of(InstanceView view)
    {
        var (instance, own) = (view.Instance, view.Interface);
        return new()
        {
            InstanceId = instance.Id,
            ImageId = instance.ImageId,
            State = InstanceStateDetail.Of(instance.State),
            PrivateDnsName = own is null ? "" : InterfaceDetail.NameOf(own),
            StateTransitionReason = instance.TerminatedAt is { } end ? $"User initiated ({end.UtcDateTime:yyyy-MM-dd HH:mm:ss} GMT)" : "",
            StateReason = instance.TerminatedAt is null ? null : new("Client.UserInitiatedShutdown", "Client.UserInitiatedShutdown: User initiated shutdown"),
            KeyName = instance.KeyName,
            AmiLaunchIndex = instance.LaunchIndex,
            InstanceType = instance.InstanceType,
            LaunchTime = instance.CreatedAt,
            Placement = new(instance.Zone, instance.Tenancy),
            SubnetId = own?.SubnetId,
            VpcId = instance.VpcId,
            PrivateIpAddress = own?.PrivateAddress,
            PublicIpAddress = view.PublicIp,
            SourceDestCheck = own?.SourceDestCheck,
            SecurityGroups = view.Groups,
            ClientToken = instance.ClientToken,
            Tags = TagEntry.All(instance.Tags),
            NetworkInterfaces = own is null ? [] : [InstanceInterfaceDetail.Of(view)],
            IamInstanceProfile = instance is { ProfileArn: { } arn, ProfileId: { } id } ? new(arn, id) : null,
        };
    }
}

/// <summary>Instances that were started together (EC2's shape <c>Reservation</c>).</summary>
internal sealed record ReservationDetail
{
    public required string ReservationId { get; init; }

    public required string OwnerId { get; init; }

    [JsonPropertyName("groupSet")]
    public IReadOnlyList<GroupIdentifier> Groups { get; init; } = [];

    [JsonPropertyName("instancesSet")]
    public IReadOnlyList<InstanceDetail> Instances { get; init; } = [];

    /// <summary>Instances by what they were started with.</summary>
    public static IReadOnlyList<ReservationDetail> All(IEnumerable<InstanceView> views) =>
    [
        .. views.GroupBy(view => view.Instance.ReservationId, StringComparer.Ordinal).Select(group => new ReservationDetail
        {
            ReservationId = group.Key,
            OwnerId = group.First().Instance.Home.Account.ToString(),
            Instances = [.. group.OrderBy(view => view.Instance.LaunchIndex).Select(InstanceDetail.Of)],
        }),
    ];
}

/// <summary>What an instance does.</summary>
internal sealed record InstanceStateDetail(int Code, string Name)
{
    /// <summary>A state with EC2's number for it.</summary>
    public static InstanceStateDetail Of(string state) => new(state is Instance.Running ? 16 : 48, state);
}

/// <summary>Where an instance is.</summary>
internal sealed record PlacementDetail(string AvailabilityZone, string Tenancy, string GroupName = "");

/// <summary>A state by its name.</summary>
internal sealed record StateDetail(string State);

/// <summary>Why an instance is in its state.</summary>
internal sealed record ReasonDetail(string Code, string Message);

/// <summary>The instance profile that an instance was given.</summary>
internal sealed record ProfileDetail(string Arn, string Id);

/// <summary>How an instance may ask for what is known of it: the second version of the metadata service alone.</summary>
internal sealed record MetadataDetail(string State, string HttpTokens, int HttpPutResponseHopLimit, string HttpEndpoint);

/// <summary>A security group by id and name (EC2's shape <c>GroupIdentifier</c>).</summary>
internal sealed record GroupIdentifier(string GroupId, string GroupName)
{
    /// <summary>The names of groups, by their ids.</summary>
    public static async Task<IReadOnlyDictionary<string, GroupIdentifier>> ReadAsync(Networks networks, RowReader rows, RegistryId home, IEnumerable<string> ids) =>
        (await networks.Objects.GetAllAsync<SecurityGroup>(rows, home, [.. ids.Distinct(StringComparer.Ordinal)]))
            .ToDictionary(group => group.Id, group => new GroupIdentifier(group.Id, group.Name), StringComparer.Ordinal);
}
