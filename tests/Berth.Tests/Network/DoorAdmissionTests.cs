using Berth.Network;

namespace Berth.Tests.Network;

/// <summary>Which rules of security groups open a door, whose port is 443.</summary>
public sealed class DoorAdmissionTests
{
    [Theory]
    [InlineData("tcp", 443, 443, "10.0.0.0/16", "10.0.0.0/16")]
    [InlineData("tcp", 0, 65535, "10.0.0.0/16", "10.0.0.0/16")]
    [InlineData("tcp", 400, 500, "192.0.2.1/32", "192.0.2.1/32")]
    [InlineData("6", 443, 443, "10.0.0.0/16", "10.0.0.0/16")]
    [InlineData("-1", null, null, "0.0.0.0/0", "0.0.0.0/0")]
    [InlineData("tcp", 443, 443, "2001:db8::/32", "2001:db8::/32")]
    [InlineData("tcp", 80, 80, "10.0.0.0/16", "")]
    [InlineData("tcp", 5050, 5050, "10.0.0.0/16", "")]
    [InlineData("tcp", 444, 65535, "10.0.0.0/16", "")]
    [InlineData("udp", 443, 443, "10.0.0.0/16", "")]
    [InlineData("icmp", -1, -1, "10.0.0.0/16", "")]
    [InlineData("17", 443, 443, "10.0.0.0/16", "")]
    public void A_rule_opens_for_a_block(string protocol, int? from, int? to, string block, string expected) =>
        Assert.Equal(expected, Admitted(Rule(protocol, from, to, block)));

    [Fact]
    public void A_rule_for_a_group_opens_for_its_members() => Assert.Equal(
        "10.0.1.4/32 10.0.1.5/32", Admitted(Rule("tcp", 443, 443, null) with { PeerGroupId = "sg-1" }, Rule("tcp", 443, 443, null) with { PeerGroupId = "sg-2" }));

    [Fact]
    public void What_leads_out_opens_nothing() => Assert.Equal("", Admitted(Rule("-1", null, null, "0.0.0.0/0") with { IsEgress = true }));

    private static string Admitted(params SecurityGroupRule[] rules) =>
        string.Join(' ', DoorAdmission.AdmittedBy(rules, group => group is "sg-1" ? ["10.0.1.4", "10.0.1.5"] : []));

    private static SecurityGroupRule Rule(string protocol, int? from, int? to, string? block) => new()
    {
        Protocol = protocol,
        FromPort = from,
        ToPort = to,
        CidrV4 = block?.Contains(':', StringComparison.Ordinal) is false ? block : null,
        CidrV6 = block?.Contains(':', StringComparison.Ordinal) is true ? block : null,
    };
}
