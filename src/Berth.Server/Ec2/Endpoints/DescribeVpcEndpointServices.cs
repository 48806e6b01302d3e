using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using Berth.Network;
using Berth.Server.Aws;
using Berth.Server.Ec2.Shapes;
using Berth.Server.Gate;
using Berth.Vocabulary;

namespace Berth.Server.Ec2.Endpoints;

/// <summary>Tells which services of the Region endpoints can be made for: ECR's two, by either of their names, and the bucket of layers.</summary>
internal sealed class DescribeVpcEndpointServices(PageTokens tokens)
    : Ec2Operation<DescribeVpcEndpointServices.Request, DescribeVpcEndpointServices.Response>
{
    // Services are AWS's own, which have no tags.
    private static readonly VpcEndpoint Untagged = new() { ServiceName = "", Suffix = "" };

    private static readonly Filters<Detail> Known = new(
        _ => Untagged,
        ("owner", detail => [detail.Owner]),
        ("service-name", detail => [detail.ServiceName]),
        ("service-region", detail => [detail.ServiceRegion]),
        ("service-type", detail => [detail.ServiceType[0].ServiceType]),
        ("supported-ip-address-types", detail => detail.SupportedIpAddressTypes));

    public sealed record Request : Ec2ListRequest
    {
        [JsonPropertyName("ServiceName")]
        public IReadOnlyList<string>? ServiceNames { get; init; }

        [JsonPropertyName("ServiceRegion")]
        public IReadOnlyList<string>? ServiceRegions { get; init; }
    }

    public sealed record Response(
        [property: JsonPropertyName("serviceNameSet")] IReadOnlyList<string> ServiceNames,
        [property: JsonPropertyName("serviceDetailSet")] IReadOnlyList<Detail> ServiceDetails,
        string? NextToken);

    /// <summary>A service that endpoints can be made for.</summary>
    public sealed record Detail
    {
        public required string ServiceName { get; init; }

        public required string ServiceId { get; init; }

        public required IReadOnlyList<TypeDetail> ServiceType { get; init; }

        public required string ServiceRegion { get; init; }

        [JsonPropertyName("availabilityZoneSet")]
        public required IReadOnlyList<string> AvailabilityZones { get; init; }

        public string Owner { get; } = "amazon";

        [JsonPropertyName("baseEndpointDnsNameSet")]
        public required IReadOnlyList<string> BaseEndpointDnsNames { get; init; }

        public string? PrivateDnsName { get; init; }

        [JsonPropertyName("privateDnsNameSet")]
        public required IReadOnlyList<PrivateDnsDetail> PrivateDnsNames { get; init; }

        public string? PrivateDnsNameVerificationState { get; init; }

        public bool VpcEndpointPolicySupported { get; } = true;

        public bool AcceptanceRequired { get; }

        public bool ManagesVpcEndpoints { get; }

        [JsonPropertyName("supportedIpAddressTypeSet")]
        public required IReadOnlyList<string> SupportedIpAddressTypes { get; init; }

        [JsonPropertyName("tagSet")]
        public IReadOnlyList<TagEntry> Tags { get; } = [];

        public static Detail Of(DoorService service) => new()
        {
            ServiceName = service.Name,
            ServiceId = "vpce-svc-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(service.Name)))[..17],
            ServiceType = [new(service.IsGateway ? "Gateway" : "Interface")],
            ServiceRegion = service.Region.ToString(),
            AvailabilityZones = [.. Zone.Of(service.Region).Select(zone => zone.Name)],
            BaseEndpointDnsNames = [service.IsGateway ? $"s3.{service.Region}.{service.Domain}" : $"{service.Labels}.{service.Region}.vpce.{service.Domain}"],
            PrivateDnsName = service.IsGateway ? null : service.PrivateName,
            PrivateDnsNames = service.IsGateway ? [] : [new(service.PrivateName)],
            PrivateDnsNameVerificationState = service.IsGateway ? null : "verified",
            SupportedIpAddressTypes = ["ipv4"],
        };
    }

    /// <summary>What kind of endpoint it has.</summary>
    public sealed record TypeDetail(string ServiceType);

    /// <summary>A name of the service that means its endpoint inside the network.</summary>
    public sealed record PrivateDnsDetail(string PrivateDnsName);

    public override AccessLevel Level => AccessLevel.List;

    protected override Task<Response> RunAsync(Call call, Request request, CancellationToken cancel)
    {
        var services = DoorService.Of(call.Region);
        if (request.ServiceNames?.FirstOrDefault(name => !services.Any(service => string.Equals(service.Name, name, StringComparison.Ordinal))) is { } unknown)
        {
            throw EndpointRefused.NoService(unknown).AsException();
        }

        // The smallest page there is holds them all, so that no token is ever given.
        Pages.SizeOf(request, request.ServiceNames);
        tokens.Read([Name, $"{call.Registry}"], request.NextToken);
        var matches = Known.Read(request.Filters);
        Detail[] found =
        [
            .. services
                .Where(service => request.ServiceNames?.Contains(service.Name, StringComparer.Ordinal) is not false)
                .Where(service => request.ServiceRegions?.Contains(service.Region.ToString(), StringComparer.Ordinal) is not false)
                .Select(Detail.Of)
                .Where(matches),
        ];
        return Task.FromResult(new Response([.. found.Select(detail => detail.ServiceName)], found, null));
    }
}
