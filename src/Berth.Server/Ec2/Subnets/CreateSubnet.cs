using Berth.Network;
using Berth.Server.Aws;
using Berth.Server.Ec2.Shapes;
using Berth.Server.Gate;
using Berth.Vocabulary;

namespace Berth.Server.Ec2.Subnets;

/// <summary>Makes a subnet in a VPC; by default in the first Availability Zone.</summary>
internal sealed class CreateSubnet(Networks networks, Authorizer authorizer) : Ec2Creation<CreateSubnet.Request, CreateSubnet.Response>(authorizer, NetworkKind.Subnet)
{
    public sealed record Request : Ec2CreationRequest
    {
        public required string VpcId { get; init; }

        public string? CidrBlock { get; init; }

        public string? AvailabilityZone { get; init; }

        public string? AvailabilityZoneId { get; init; }
    }

    public sealed record Response(SubnetDetail Subnet);

    protected override IEnumerable<string> Resources(Call call, Request request) => [NetworkKind.Vpc.ArnOf(call.Registry, request.VpcId), NetworkKind.Subnet.ArnOf(call.Registry, "*")];

    private static Zone ZoneOf(Call call, Request request)
    {
        var zones = Zone.Of(call.Region);
        var found = zones.FirstOrDefault(zone =>
            (request.AvailabilityZone is null || string.Equals(zone.Name, request.AvailabilityZone, StringComparison.Ordinal))
            && (request.AvailabilityZoneId is null || string.Equals(zone.Id, request.AvailabilityZoneId, StringComparison.Ordinal)));
        return found ?? throw NetworkRefused.Value(
            request.AvailabilityZone ?? request.AvailabilityZoneId!,
            request.AvailabilityZone is null ? "availabilityZoneId" : "availabilityZone",
            $"Subnets can currently only be created in the following availability zones: {string.Join(", ", zones.Select(zone => zone.Name))}.").AsException();
    }

    protected override async Task<Response> RunAsync(Call call, Request request, CancellationToken cancel)
    {
        var cidr = request.CidrBlock ?? throw NetworkRefused.Missing("cidrBlock").AsException();
        return new(SubnetDetail.Of(await networks.Subnets.CreateAsync(
            new() { Home = call.Registry, VpcId = request.VpcId, Cidr = cidr, Zone = ZoneOf(call, request).Name, Tags = TagsOf(request) },
            cancel)));
    }
}
