namespace Berth.Tests.Ec2;

public sealed class SecurityGroupTests : IAsyncLifetime
{
    private Ec2Host ec2 = null!;
    private string vpc = "";
    private string group = "";

    public async ValueTask InitializeAsync()
    {
        ec2 = await Ec2Host.StartAsync();
        vpc = await ec2.VpcAsync();
        group = await MakeAsync("web");
    }

    public ValueTask DisposeAsync() => ec2.DisposeAsync();

    [Fact]
    public async Task A_group_lets_everything_out_and_its_name_is_taken()
    {
        var shown = await ec2.DoAsync("DescribeSecurityGroups", $"GroupId.1={group}");

        Assert.Equal("<ipPermissions />", shown.Element("ipPermissions"));
        Assert.Equal(
            "<ipPermissionsEgress><item><ipProtocol>-1</ipProtocol><groups /><ipRanges><item><cidrIp>0.0.0.0/0</cidrIp></item></ipRanges>"
            + "<ipv6Ranges /><prefixListIds /></item></ipPermissionsEgress>",
            shown.Element("ipPermissionsEgress"));
        await ec2.RefusedAsync(
            "CreateSecurityGroup",
            (400, "InvalidGroup.Duplicate", $"The security group 'web' already exists for VPC '{vpc}'"),
            "GroupName=web", "GroupDescription=d", $"VpcId={vpc}");
        await ec2.RefusedAsync("CreateSecurityGroup", (400, "VPCIdNotSpecified", "No default VPC for this user"), "GroupName=x", "GroupDescription=d");
    }

    [Fact]
    public async Task Rules_are_added_once_and_taken_away()
    {
        string[] rule = [$"GroupId={group}", "IpPermissions.1.IpProtocol=tcp", "IpPermissions.1.FromPort=443", "IpPermissions.1.ToPort=443", "IpPermissions.1.IpRanges.1.CidrIp=10.0.0.0/16", "IpPermissions.1.IpRanges.1.Description=in"];
        var added = await ec2.DoAsync("AuthorizeSecurityGroupIngress", [.. rule, "IpPermissions.1.Ipv6Ranges.1.CidrIpv6=fd00::/8"]);

        Assert.Equal(2, added.All("securityGroupRuleId").Count);
        await ec2.RefusedAsync(
            "AuthorizeSecurityGroupIngress",
            (400, "InvalidPermission.Duplicate", "the specified rule \"peer: 10.0.0.0/16, TCP, from port: 443, to port: 443, ALLOW\" already exists"),
            rule);
        Assert.Equal(3, (await ec2.DoAsync("DescribeSecurityGroupRules", "Filter.1.Name=group-id", $"Filter.1.Value.1={group}")).All("securityGroupRuleId").Count);
        Assert.Equal([group], (await ec2.DoAsync("DescribeSecurityGroups", "Filter.1.Name=ip-permission.from-port", "Filter.1.Value.1=443")).All("groupId").Distinct(StringComparer.Ordinal).ToArray());
        Assert.Single((await ec2.DoAsync("RevokeSecurityGroupIngress", rule)).All("securityGroupRuleId"));
        await ec2.RefusedAsync("RevokeSecurityGroupIngress", (400, "InvalidPermission.NotFound", "The specified rule does not exist in this security group."), rule);
        await ec2.DoAsync("RevokeSecurityGroupIngress", $"GroupId={group}", $"SecurityGroupRuleId.1={added.All("securityGroupRuleId")[1]}");
        await ec2.DoAsync("RevokeSecurityGroupEgress", $"GroupId={group}", "IpProtocol=-1", "CidrIp=0.0.0.0/0");
        Assert.Empty((await ec2.DoAsync("DescribeSecurityGroupRules", "Filter.1.Name=group-id", $"Filter.1.Value.1={group}")).All("securityGroupRuleId"));
    }

    [Theory]
    [InlineData("InvalidParameterValue", "Invalid value 'gre!' for IP protocol. Unknown protocol.", "IpProtocol=gre!", "CidrIp=0.0.0.0/0")]
    [InlineData("InvalidParameterValue", "Invalid value 'Must specify both from and to ports with TCP/UDP.' for portRange.", "IpProtocol=tcp", "CidrIp=0.0.0.0/0")]
    [InlineData("InvalidParameterValue", "Invalid TCP port range (9:8)", "IpProtocol=tcp", "FromPort=9", "ToPort=8", "CidrIp=0.0.0.0/0")]
    [InlineData("InvalidParameterValue", "CIDR block 10.0.0.0 is malformed", "IpProtocol=-1", "CidrIp=10.0.0.0")]
    [InlineData("MissingParameter", "The request must contain the parameter ipPermissions")]
    [InlineData("UnsupportedOperation", "The parameter ipPermissions.prefixListIds is not supported here.", "IpPermissions.1.IpProtocol=-1", "IpPermissions.1.PrefixListIds.1.PrefixListId=pl-1")]
    public async Task What_is_no_rule_is_refused(string code, string message, params string[] members) =>
        await ec2.RefusedAsync("AuthorizeSecurityGroupEgress", (400, code, message), [$"GroupId={group}", .. members]);

    [Fact]
    public async Task A_group_that_a_rule_of_another_names_is_not_deleted()
    {
        var other = await MakeAsync("db");
        await ec2.DoAsync("AuthorizeSecurityGroupIngress", $"GroupId={other}", "IpPermissions.1.IpProtocol=-1", $"IpPermissions.1.Groups.1.GroupId={group}");

        await ec2.RefusedAsync("DeleteSecurityGroup", (400, "DependencyViolation", $"resource {group} has a dependent object"), $"GroupId={group}");
        await ec2.DoAsync("DeleteSecurityGroup", $"GroupId={other}");
        await ec2.DoAsync("DeleteSecurityGroup", $"GroupId={group}");
        var first = (await ec2.DoAsync("DescribeSecurityGroups")).Get("groupId");
        await ec2.RefusedAsync(
            "DeleteSecurityGroup", (400, "CannotDelete", $"the specified group: \"{first}\" name: \"default\" cannot be deleted by a user"), $"GroupId={first}");
    }

    private async Task<string> MakeAsync(string name) =>
        (await ec2.DoAsync("CreateSecurityGroup", $"GroupName={name}", "GroupDescription=d", $"VpcId={vpc}")).Get("groupId");
}
