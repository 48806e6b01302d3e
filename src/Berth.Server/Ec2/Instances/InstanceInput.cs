using System.Text.Json.Serialization;
using Berth.Network;
using Berth.Server.Aws;
using Berth.Server.Ec2.Shapes;
using Berth.Vocabulary;

namespace Berth.Server.Ec2.Instances;

/// <summary>What instances are asked to be like, of which some can be said in two ways: of the instance, or of its network interface.</summary>
/// <param name="SubnetId">Where.</param>
/// <param name="GroupIds">With which groups.</param>
/// <param name="PrivateAddress">With which address.</param>
internal sealed record InstanceInput(string? SubnetId, IReadOnlyList<string> GroupIds, string? PrivateAddress)
{
    private const int LongestUserData = 16 * 1024;

    /// <summary>What is asked. The fault is that both ways are used, or more than one interface wanted.</summary>
    public static InstanceInput Of(RunInstances.Request request)
    {
        if (request.NetworkInterfaces is not { Count: > 0 } interfaces)
        {
            return new(request.SubnetId, request.SecurityGroupIds ?? [], request.PrivateIpAddress);
        }

        if (request.SubnetId is not null || request.SecurityGroupIds is not null || request.PrivateIpAddress is not null)
        {
            throw NetworkRefused.Combination("Network interfaces and an instance-level subnet ID may not be specified on the same request").AsException();
        }

        return interfaces is [{ DeviceIndex: null or 0 } own] && own.DeleteOnTermination is not false
            ? new(own.SubnetId, own.Groups ?? [], own.PrivateIpAddress)
            : throw NetworkRefused.Unsupported("networkInterface").AsException();
    }

    /// <summary>The instance that each of them is like.</summary>
    public Instance Like(Call call, RunInstances.Request request)
    {
        if (request.MetadataOptions is { HttpEndpoint: "disabled" })
        {
            throw NetworkRefused.Unsupported("metadataOptions.httpEndpoint").AsException();
        }

        return new()
        {
            Home = call.Registry,
            ReservationId = "",
            ImageId = request.ImageId ?? throw NetworkRefused.Missing("ImageId").AsException(),
            InstanceType = request.InstanceType ?? "m1.small",
            Zone = "",
            SubnetId = SubnetId ?? throw NetworkRefused.NoDefaultVpc().AsException(),
            InterfaceId = "",
            PrivateAddress = "",
            GroupIds = [.. GroupIds.Distinct(StringComparer.Ordinal)],
            KeyName = request.KeyName,
            UserData = UserDataOf(request.UserData),
            IsProtected = request.DisableApiTermination is true,
            Tenancy = request.Placement?.Tenancy ?? "default",
            ClientToken = request.ClientToken,
            RequestPrint = RequestPrint.Of(request, request.ClientToken),
        };
    }

    private static string? UserDataOf(string? text)
    {
        if (text is null or "")
        {
            return null;
        }

        var bytes = new byte[text.Length];
        return !Convert.TryFromBase64String(text, bytes, out var length) ? throw NetworkRefused.Invalid("Invalid BASE64 encoding of user data.").AsException()
            : length > LongestUserData ? throw NetworkRefused.Invalid("User data is limited to 16384 bytes").AsException()
            : text;
    }
}

/// <summary>The interface of an instance as it is asked for (EC2's shape <c>InstanceNetworkInterfaceSpecification</c>).</summary>
internal sealed record InterfaceSpecification
{
    public int? DeviceIndex { get; init; }

    public string? SubnetId { get; init; }

    [JsonPropertyName("SecurityGroupId")]
    public IReadOnlyList<string>? Groups { get; init; }

    public string? PrivateIpAddress { get; init; }

    public string? Description { get; init; }

    public bool? DeleteOnTermination { get; init; }

    /// <summary>Berth has no public addresses, so that it has no consequence.</summary>
    public bool? AssociatePublicIpAddress { get; init; }
}

/// <summary>An instance profile by its name or ARN (EC2's shape <c>IamInstanceProfileSpecification</c>).</summary>
internal sealed record ProfileSpecification
{
    public string? Arn { get; init; }

    public string? Name { get; init; }
}

/// <summary>Where an instance is to be; the zone is that of its subnet.</summary>
internal sealed record PlacementInput
{
    public string? AvailabilityZone { get; init; }

    public string? Tenancy { get; init; }
}

/// <summary>Whether it is to be watched, which has no consequence here.</summary>
internal sealed record MonitoringInput
{
    public bool? Enabled { get; init; }
}

/// <summary>How it may ask for what is known of it; Berth answers the second version of the service alone, whatever is said.</summary>
internal sealed record MetadataInput
{
    public string? HttpTokens { get; init; }

    public int? HttpPutResponseHopLimit { get; init; }

    public string? HttpEndpoint { get; init; }
}
