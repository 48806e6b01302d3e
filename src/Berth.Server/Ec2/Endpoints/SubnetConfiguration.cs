using Berth.Vocabulary;

namespace Berth.Server.Ec2.Endpoints;

/// <summary>A subnet that an endpoint is to be in, with the address wanted there (EC2's shape <c>SubnetConfiguration</c>).</summary>
internal sealed record SubnetConfiguration
{
    public string? SubnetId { get; init; }

    public string? Ipv4 { get; init; }

    /// <summary>The subnets asked for, in both ways there are, each once.</summary>
    public static IReadOnlyList<string> SubnetsOf(IReadOnlyList<string>? ids, IReadOnlyList<SubnetConfiguration>? all) =>
        [.. (ids ?? []).Concat((all ?? []).Select(one => one.SubnetId ?? throw NetworkRefused.Missing("SubnetConfiguration.SubnetId").AsException())).Distinct(StringComparer.Ordinal)];

    /// <summary>The addresses asked for, by their subnets.</summary>
    public static IReadOnlyDictionary<string, string> AddressesOf(IReadOnlyList<SubnetConfiguration>? all)
    {
        var addresses = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var one in all ?? [])
        {
            if (one is { SubnetId: { } subnet, Ipv4: { } address } && !addresses.TryAdd(subnet, address))
            {
                throw NetworkRefused.Invalid($"The subnet '{subnet}' can have one configuration only.").AsException();
            }
        }

        return addresses;
    }
}

/// <summary>What kind of records an endpoint's names are to have (EC2's shape <c>DnsOptionsSpecification</c>).</summary>
internal sealed record DnsOptionsSpecification
{
    public string? DnsRecordIpType { get; init; }

    public bool? PrivateDnsOnlyForInboundResolverEndpoint { get; init; }

    /// <summary>Refuses what is not to be had: networks here have addresses of version 4, and the bucket of layers has a gateway only.</summary>
    public static void Refuse(string? addressType, DnsOptionsSpecification? options)
    {
        if (addressType is not (null or "ipv4"))
        {
            throw EndpointRefused.Parameter($"IP address type ({addressType}) is not supported here; networks have ipv4 addresses.").AsException();
        }

        if (options?.DnsRecordIpType is not (null or "ipv4" or "service-defined"))
        {
            throw EndpointRefused.Parameter($"DNS record IP type ({options.DnsRecordIpType}) is not supported here; networks have ipv4 addresses.").AsException();
        }

        if (options?.PrivateDnsOnlyForInboundResolverEndpoint is true)
        {
            throw EndpointRefused.Parameter("PrivateDnsOnlyForInboundResolverEndpoint is for Interface endpoints of Amazon S3 only.").AsException();
        }
    }
}
