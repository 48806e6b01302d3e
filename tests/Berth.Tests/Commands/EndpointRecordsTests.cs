using Berth.Server.Commands;
using Berth.Server.Hosting;

namespace Berth.Tests.Commands;

/// <summary>The records that operators give to their name servers.</summary>
public sealed class EndpointRecordsTests
{
    private static readonly EndpointRecords.Endpoint[] Endpoints =
    [
        new("vpce-1", ["vpce-1-x.api.ecr.us-east-1.vpce.amazonaws.com", "api.ecr.us-east-1.amazonaws.com"], ["10.0.1.5"]),
        new("vpce-2", ["*.dkr.ecr.us-east-1.amazonaws.com"], ["10.0.1.6", "fd00::6"]),
    ];

    private static readonly EndpointRecords.Registry[] Registries =
        [new("123456789012", "123456789012.dkr.ecr.us-east-1.localhost"), new("210987654321", "210987654321.dkr.ecr.us-east-1.localhost")];

    [Fact]
    public void A_zone_has_wildcards() => Assert.Equal(
        [
            "vpce-1-x.api.ecr.us-east-1.vpce.amazonaws.com. 60 IN A 10.0.1.5",
            "api.ecr.us-east-1.amazonaws.com. 60 IN A 10.0.1.5",
            "*.dkr.ecr.us-east-1.amazonaws.com. 60 IN A 10.0.1.6",
            "*.dkr.ecr.us-east-1.amazonaws.com. 60 IN AAAA fd00::6",
        ],
        EndpointRecords.Write("bind", Endpoints, Registries, address: null),
        StringComparer.Ordinal);

    [Fact]
    public void A_hosts_file_names_every_registry() => Assert.Equal(
        [
            "10.0.1.5 vpce-1-x.api.ecr.us-east-1.vpce.amazonaws.com",
            "10.0.1.5 api.ecr.us-east-1.amazonaws.com",
            "10.0.1.6 123456789012.dkr.ecr.us-east-1.amazonaws.com",
            "10.0.1.6 210987654321.dkr.ecr.us-east-1.amazonaws.com",
            "fd00::6 123456789012.dkr.ecr.us-east-1.amazonaws.com",
            "fd00::6 210987654321.dkr.ecr.us-east-1.amazonaws.com",
            "127.0.0.1 123456789012.dkr.ecr.us-east-1.localhost",
            "127.0.0.1 210987654321.dkr.ecr.us-east-1.localhost",
        ],
        EndpointRecords.Write("hosts", Endpoints, Registries, address: null),
        StringComparer.Ordinal);

    [Fact]
    public void CoreDNS_answers_by_templates() => Assert.Equal(
        """
        template IN A dkr.ecr.us-east-1.amazonaws.com {
            match ^[^.]+[.]dkr[.]ecr[.]us-east-1[.]amazonaws[.]com[.]$
            answer "{{ .Name }} 60 IN A 10.0.1.6"
            fallthrough
        }
        template IN AAAA dkr.ecr.us-east-1.amazonaws.com {
            match ^[^.]+[.]dkr[.]ecr[.]us-east-1[.]amazonaws[.]com[.]$
            answer "{{ .Name }} 60 IN AAAA fd00::6"
            fallthrough
        }
        """,
        string.Join('\n', EndpointRecords.Write("coredns", Endpoints[1..], Registries, address: null)));

    [Fact]
    public void An_endpoint_that_nobody_knows_where_to_reach_has_no_record() => Assert.Equal(
        "vpce-3 has no address in the configuration; say with --address where clients reach it, or give it one by Endpoints:vpce-3",
        Assert.Throws<ConfigurationException>(() => EndpointRecords.Write("bind", [new("vpce-3", ["x"], [])], [], address: null)).Message);
}
