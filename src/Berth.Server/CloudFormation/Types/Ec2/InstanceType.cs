using Berth.Network;
using Berth.Server.Ec2.Instances;
using Berth.Stacks;

namespace Berth.Server.CloudFormation.Types.Ec2;

/// <summary>An instance: a place in a network, and with a profile a machine that is handed a role. It is there at once.</summary>
internal sealed class InstanceType(Ec2Calls ec2) : ResourceType<InstanceProperties>(ec2.Calls)
{
    /// <inheritdoc/>
    public override string Name => "AWS::EC2::Instance";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Attributes =>
        ["InstanceId", "AvailabilityZone", "PrivateDnsName", "PrivateIp", "PublicDnsName", "PublicIp", "VpcId"];

    /// <inheritdoc/>
    protected override string? FindFlaw(InstanceProperties properties) => properties.NetworkInterfaces switch
    {
        { Count: > 1 } => "the property NetworkInterfaces is not offered by this server with more than one: an instance has one address",
        [{ DeviceIndex: not 0 }] => "Property validation failure: [The first of {/NetworkInterfaces} must have the DeviceIndex 0]",
        _ => null,
    };

    /// <inheritdoc/>
    protected override async Task<ResourceProgress> MakeAsync(ResourceWork work, InstanceProperties properties, CancellationToken cancel)
    {
        var id = (await ec2.FindMadeAsync<Instance>(work, cancel))?.Id ?? await RunAsync(work, properties, cancel);
        var instance = await ec2.GetAsync<Instance>(work, id, cancel);
        return ResourceProgress.Done(id, new()
        {
            ["InstanceId"] = id,
            ["AvailabilityZone"] = instance.Zone,
            ["PrivateDnsName"] = NameOf(work, instance),
            ["PrivateIp"] = instance.PrivateAddress,
            ["PublicDnsName"] = "",
            ["PublicIp"] = "",
            ["VpcId"] = instance.VpcId,
        });
    }

    /// <inheritdoc/>
    protected override async Task<ResourceProgress> ChangeAsync(
        ResourceWork work, ResourceState state, Change<InstanceProperties> change, CancellationToken cancel)
    {
        await ec2.TagAsync(work, state.PhysicalId, new(change.Before.Tags, change.After.Tags), cancel);
        return new(state, IsDone: true);
    }

    /// <inheritdoc/>
    protected override Task RemoveAsync(ResourceWork work, ResourceState state, InstanceProperties properties, CancellationToken cancel) =>
        ec2.TakeAsync(work, new TerminateInstances.Request { InstanceIds = [state.PhysicalId] }, cancel);

    private async Task<string> RunAsync(ResourceWork work, InstanceProperties properties, CancellationToken cancel)
    {
        var request = new RunInstances.Request
        {
            ImageId = properties.ImageId,
            InstanceType = properties.InstanceType,
            MinCount = 1,
            MaxCount = 1,
            KeyName = properties.KeyName,
            UserData = properties.UserData,
            DisableApiTermination = properties.DisableApiTermination,
            MetadataOptions = properties.MetadataOptions is { } options ? new() { HttpEndpoint = options.HttpEndpoint } : null,
            IamInstanceProfile = properties.IamInstanceProfile is { } profile ? new() { Name = profile } : null,
            SubnetId = properties.SubnetId,
            SecurityGroupIds = properties.SecurityGroupIds,
            PrivateIpAddress = properties.PrivateIpAddress,
            NetworkInterfaces = properties.NetworkInterfaces is [var own] ? [ToShape(own)] : null,
            Placement = properties is { AvailabilityZone: null, Tenancy: null }
                ? null
                : new() { AvailabilityZone = properties.AvailabilityZone, Tenancy = properties.Tenancy },
            TagSpecifications = Ec2Calls.TagsOf(work, Instance.Type, properties.Tags),
        };
        return (await Calls.CallAsync<RunInstances.Response>(work, request, cancel)).Instances[0].InstanceId;
    }

    private static InterfaceSpecification ToShape(InterfaceProperty own) => new()
    {
        DeviceIndex = own.DeviceIndex,
        SubnetId = own.SubnetId,
        Groups = own.GroupSet,
        PrivateIpAddress = own.PrivateIpAddress,
        DeleteOnTermination = own.DeleteOnTermination,
    };

    // As EC2 names instances by their addresses.
    private static string NameOf(ResourceWork work, Instance instance)
    {
        var zone = work.Home.Region.ToString() is "us-east-1" ? "ec2" : $"{work.Home.Region}.compute";
        return $"ip-{instance.PrivateAddress.Replace('.', '-')}.{zone}.internal";
    }
}
