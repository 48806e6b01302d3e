using System.Text.Json.Serialization;
using Berth.Network;
using Berth.Server.Aws;
using Berth.Server.Ec2.Shapes;
using Berth.Server.Gate;
using Berth.Vocabulary;

namespace Berth.Server.Ec2.Addresses;

/// <summary>Lists elastic addresses; all at once, as there are not many.</summary>
internal sealed class DescribeAddresses(Networks networks, Pages pages) : Ec2Operation<DescribeAddresses.Request, DescribeAddresses.Response>
{
    public sealed record Request : Ec2Request
    {
        [JsonPropertyName("Filter")]
        public IReadOnlyList<Filter>? Filters { get; init; }

        [JsonPropertyName("AllocationId")]
        public IReadOnlyList<string>? AllocationIds { get; init; }

        [JsonPropertyName("PublicIp")]
        public IReadOnlyList<string>? PublicIps { get; init; }
    }

    public sealed record Response([property: JsonPropertyName("addressesSet")] IReadOnlyList<AddressDetail> Addresses);

    private sealed record AllAddresses : Ec2ListRequest;

    public override AccessLevel Level => AccessLevel.List;

    protected override async Task<Response> RunAsync(Call call, Request request, CancellationToken cancel)
    {
        var asked = new AllAddresses { Filters = request.Filters };
        var (rows, _) = await pages.ReadAsync(call, Name, asked, request.AllocationIds, AddressView.ListingOf(networks), cancel);
        if (request.PublicIps is { Count: > 0 } wanted)
        {
            var missing = wanted.FirstOrDefault(ip => !rows.Any(row => string.Equals(row.Address.PublicIp, ip, StringComparison.Ordinal)));
            rows = missing is null
                ? [.. rows.Where(row => wanted.Contains(row.Address.PublicIp, StringComparer.Ordinal))]
                : throw NetworkRefused.Limit(NetworkRule.PublicAddressNotFound, $"Address '{missing}' not found.").AsException();
        }

        return new([.. rows.Select(AddressDetail.Of)]);
    }
}
