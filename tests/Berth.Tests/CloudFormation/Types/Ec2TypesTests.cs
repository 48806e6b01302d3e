using Berth.Identity.Entities;
using Berth.Network;
using Berth.Stacks;
using Berth.Vocabulary;

namespace Berth.Tests.CloudFormation.Types;

public sealed class Ec2TypesTests : IAsyncLifetime
{
    private const string Trust =
        """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}]}""";

    private static readonly RegistryId Home = new(AccountId.Parse("123456789012"), RegionName.Parse("us-east-1"));

    private TypeHost host = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => host = await TypeHost.StartAsync();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task A_network_is_made_in_the_order_of_its_references_and_deleted_in_the_other()
    {
        var vpc = await MakeAsync("VPC", """{"CidrBlock":"10.0.0.0/16","EnableDnsHostnames":true}""");
        var gateway = await MakeAsync("InternetGateway", "{}");
        var attached = $$"""{"VpcId":"{{vpc.PhysicalId}}","InternetGatewayId":"{{gateway.PhysicalId}}"}""";
        var attachment = await MakeAsync("VPCGatewayAttachment", attached);
        var placed = $$"""{"VpcId":"{{vpc.PhysicalId}}","CidrBlock":"10.0.1.0/24","AvailabilityZone":"us-east-1a","MapPublicIpOnLaunch":true}""";
        var subnet = await MakeAsync("Subnet", placed);
        var address = await MakeAsync("EIP", """{"Domain":"vpc"}""");
        var nat = await MakeAsync("NatGateway", $$"""{"AllocationId":"{{address.Attributes["AllocationId"]}}","SubnetId":"{{subnet.PhysicalId}}"}""");
        var table = await MakeAsync("RouteTable", $$"""{"VpcId":"{{vpc.PhysicalId}}"}""");
        var led = $$"""{"RouteTableId":"{{table.PhysicalId}}","DestinationCidrBlock":"0.0.0.0/0","NatGatewayId":"{{nat.PhysicalId}}"}""";
        var route = await MakeAsync("Route", led);
        var association = await MakeAsync(
            "SubnetRouteTableAssociation", $$"""{"RouteTableId":"{{table.PhysicalId}}","SubnetId":"{{subnet.PhysicalId}}"}""");

        Assert.Matches("^vpc-[0-9a-f]{17}$", vpc.PhysicalId);
        Assert.Equal("10.0.0.0/16", (string?)vpc.Attributes["CidrBlock"]);
        Assert.Matches("^sg-[0-9a-f]{17}$", (string?)vpc.Attributes["DefaultSecurityGroup"]);
        Assert.Equal($"IGW|{vpc.PhysicalId}", attachment.PhysicalId);
        Assert.Equal(("us-east-1a", vpc.PhysicalId), ((string?)subnet.Attributes["AvailabilityZone"], (string?)subnet.Attributes["VpcId"]));
        Assert.Equal((string?)address.Attributes["PublicIp"], address.PhysicalId);
        Assert.Equal($"{table.PhysicalId}|0.0.0.0/0", route.PhysicalId);
        Assert.Equal(nat.PhysicalId, (await GetAsync<RouteTable>(table.PhysicalId))!.Routes[1].Target);
        Assert.True((await GetAsync<Subnet>(subnet.PhysicalId))!.MapPublicIp);
        Assert.True((await GetAsync<Vpc>(vpc.PhysicalId))!.DnsHostnames);

        await DeleteAsync("SubnetRouteTableAssociation", association, "{\"RouteTableId\":\"\",\"SubnetId\":\"\"}");
        await DeleteAsync("Route", route, led);
        await DeleteAsync("RouteTable", table, """{"VpcId":""}""");
        await DeleteAsync("NatGateway", nat, """{"SubnetId":""}""");
        await DeleteAsync("EIP", address, "{}");
        await DeleteAsync("Subnet", subnet, placed);
        await DeleteAsync("VPCGatewayAttachment", attachment, attached);
        await DeleteAsync("InternetGateway", gateway, "{}");
        await DeleteAsync("VPC", vpc, """{"CidrBlock":"10.0.0.0/16"}""");
        Assert.Null(await GetAsync<Vpc>(vpc.PhysicalId));
    }

    [Fact]
    public async Task What_an_attempt_made_that_was_killed_is_found_by_its_tag()
    {
        var vpc = host.Resource("AWS::EC2::VPC", "Net").Tagged(new EntityTag("env", "prod"));
        var first = await vpc.CreateAsync("""{"CidrBlock":"10.0.0.0/16"}""");
        var again = await vpc.Again.CreateAsync("""{"CidrBlock":"10.0.0.0/16","EnableDnsSupport":false}""");
        var other = await host.Resource("AWS::EC2::VPC", "Net").With(work => work with { Suffix = "OTHER" }).Again.CreateAsync("""{"CidrBlock":"10.0.0.0/16"}""");

        Assert.Equal(first.PhysicalId, again.PhysicalId);
        Assert.False(string.Equals(first.PhysicalId, other.PhysicalId, StringComparison.Ordinal));
        Assert.False((await GetAsync<Vpc>(first.PhysicalId))!.DnsSupport);
        Assert.Equal(
            $"aws:cloudformation:berth-attempt={TypeHost.Suffix},aws:cloudformation:logical-id=Net,aws:cloudformation:stack-id={TypeHost.StackId},"
            + "aws:cloudformation:stack-name=prod,env=prod",
            await TagsAsync(first.PhysicalId));
    }

    [Fact]
    public async Task Tags_change_and_those_of_the_stack_stay()
    {
        const string Before = """{"CidrBlock":"10.0.0.0/16","Tags":[{"Key":"Name","Value":"a"},{"Key":"old","Value":"x"}]}""";
        var vpc = host.Resource("AWS::EC2::VPC", "Net");
        var state = await vpc.CreateAsync(Before);

        await vpc.UpdateAsync(state, Before, """{"CidrBlock":"10.0.0.0/16","Tags":[{"Key":"Name","Value":"b"}]}""");

        Assert.StartsWith("Name=b,aws:cloudformation:berth-attempt=", await TagsAsync(state.PhysicalId), StringComparison.Ordinal);
        Assert.DoesNotContain("old", await TagsAsync(state.PhysicalId), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_rules_of_a_group_are_those_of_its_template()
    {
        var vpc = await MakeAsync("VPC", """{"CidrBlock":"10.0.0.0/16"}""");
        var like = $$"""{"GroupDescription":"Deny all.","VpcId":"{{vpc.PhysicalId}}" """;
        var before = like + ""","SecurityGroupIngress":[{"IpProtocol":"tcp","FromPort":443,"ToPort":"443","CidrIp":"10.0.0.0/16"}]}""";
        var after = like + ""","SecurityGroupIngress":[{"IpProtocol":"tcp","FromPort":443,"ToPort":443,"CidrIp":"10.0.0.0/16","Description":"https"}],"SecurityGroupEgress":[{"IpProtocol":"udp","FromPort":53,"ToPort":53,"CidrIp":"10.0.0.2/32"}]}""";
        var group = host.Resource("AWS::EC2::SecurityGroup", "Group");

        var state = await group.CreateAsync(before);
        Assert.Equal((state.PhysicalId, vpc.PhysicalId), ((string?)state.Attributes["GroupId"], (string?)state.Attributes["VpcId"]));
        Assert.Equal("prod-Group-1A2B3C4D5E6F7", (await GetAsync<SecurityGroup>(state.PhysicalId))!.Name);
        Assert.Equal(state.PhysicalId, (await group.Again.CreateAsync(before)).PhysicalId);
        Assert.Equal("egress -1 0.0.0.0/0 ;ingress tcp 10.0.0.0/16 ", await RulesAsync(state.PhysicalId));

        await group.UpdateAsync(state, before, after);
        await group.Again.UpdateAsync(state, before, after);
        Assert.Equal("egress udp 10.0.0.2/32 ;ingress tcp 10.0.0.0/16 https", await RulesAsync(state.PhysicalId));

        await group.With(work => work with { IsRollback = true }).UpdateAsync(state, after, before);
        Assert.Equal("egress -1 0.0.0.0/0 ;ingress tcp 10.0.0.0/16 ", await RulesAsync(state.PhysicalId));
        Assert.Equal("GroupDescription", group.ReplacedBy(before, before.Replace("Deny", "Allow", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_rule_that_stands_by_itself_is_made_and_taken_by_its_id()
    {
        var vpc = await MakeAsync("VPC", """{"CidrBlock":"10.0.0.0/16"}""");
        var group = await MakeAsync("SecurityGroup", $$"""{"GroupDescription":"Deny all.","VpcId":"{{vpc.PhysicalId}}"}""");
        var inward = $$"""{"GroupId":"{{group.PhysicalId}}","IpProtocol":"-1","SourceSecurityGroupId":"{{group.PhysicalId}}"}""";
        var outward = $$"""{"GroupId":"{{group.PhysicalId}}","IpProtocol":"tcp","FromPort":1,"ToPort":2,"CidrIp":"10.0.0.0/16"}""";

        var ingress = await MakeAsync("SecurityGroupIngress", inward);
        var egress = await MakeAsync("SecurityGroupEgress", outward);
        Assert.Matches("^sgr-", ingress.PhysicalId);
        Assert.Equal(ingress.PhysicalId, (await host.Resource("AWS::EC2::SecurityGroupIngress", "SecurityGroupIngress").With(Own("SecurityGroupIngress")).Again.CreateAsync(inward)).PhysicalId);
        Assert.Equal($"egress -1 0.0.0.0/0 ;egress tcp 10.0.0.0/16 ;ingress -1 {group.PhysicalId} ", await RulesAsync(group.PhysicalId));

        await DeleteAsync("SecurityGroupIngress", ingress, inward);
        await DeleteAsync("SecurityGroupEgress", egress, outward);
        Assert.Equal("egress -1 0.0.0.0/0 ", await RulesAsync(group.PhysicalId));
    }

    [Fact]
    public async Task An_instance_has_the_role_of_its_profile()
    {
        var vpc = await MakeAsync("VPC", """{"CidrBlock":"10.0.0.0/16"}""");
        var subnet = await MakeAsync("Subnet", $$"""{"VpcId":"{{vpc.PhysicalId}}","CidrBlock":"10.0.1.0/24"}""");
        var role = await host.Resource("AWS::IAM::Role", "Role").CreateAsync($$"""{"AssumeRolePolicyDocument":{{Trust}}}""");
        var profile = await host.Resource("AWS::IAM::InstanceProfile", "Profile").CreateAsync($$"""{"Roles":["{{role.PhysicalId}}"]}""");
        var wanted = $$"""
            {"ImageId":"ami-12345678","InstanceType":"t4g.nano","IamInstanceProfile":"{{profile.PhysicalId}}","UserData":"aGk=","Monitoring":true,
             "NetworkInterfaces":[{"DeviceIndex":"0","SubnetId":"{{subnet.PhysicalId}}","GroupSet":["{{vpc.Attributes["DefaultSecurityGroup"]}}"]}],
             "BlockDeviceMappings":[{"DeviceName":"/dev/xvda","Ebs":{"VolumeSize":8} }]}
            """;

        var instance = host.Resource("AWS::EC2::Instance", "Instance");
        var state = await instance.CreateAsync(wanted);
        var again = await instance.Again.CreateAsync(wanted);

        Assert.Equal(state.PhysicalId, again.PhysicalId);
        Assert.Matches("^i-[0-9a-f]{17}$", state.PhysicalId);
        Assert.StartsWith("10.0.1.", (string?)state.Attributes["PrivateIp"], StringComparison.Ordinal);
        Assert.Equal($"ip-{((string?)state.Attributes["PrivateIp"])!.Replace('.', '-')}.ec2.internal", (string?)state.Attributes["PrivateDnsName"]);
        Assert.EndsWith(profile.PhysicalId, (await GetAsync<Instance>(state.PhysicalId))!.ProfileArn, StringComparison.Ordinal);
        Assert.Equal("ImageId", instance.ReplacedBy(wanted, wanted.Replace("ami-1", "ami-2", StringComparison.Ordinal)));

        await instance.DeleteAsync(state, wanted);
        await instance.Again.DeleteAsync(state, wanted);
        Assert.False((await GetAsync<Instance>(state.PhysicalId))!.IsRunning);
    }

    [Fact]
    public async Task An_endpoint_is_made_changed_and_deleted()
    {
        var vpc = await MakeAsync("VPC", """{"CidrBlock":"10.0.0.0/16","EnableDnsHostnames":true}""");
        var first = await MakeAsync("Subnet", $$"""{"VpcId":"{{vpc.PhysicalId}}","CidrBlock":"10.0.1.0/24","AvailabilityZone":"us-east-1a"}""");
        var second = await host.Resource("AWS::EC2::Subnet", "Second").CreateAsync(
            $$"""{"VpcId":"{{vpc.PhysicalId}}","CidrBlock":"10.0.2.0/24","AvailabilityZone":"us-east-1b"}""");
        string Wanted(string more) =>
            $$"""{"VpcId":"{{vpc.PhysicalId}}","ServiceName":"com.amazonaws.us-east-1.ecr.api","VpcEndpointType":"Interface",{{more}} }""";
        var before = Wanted($"\"SubnetIds\":[\"{first.PhysicalId}\"]");
        var after = Wanted($$""" "PrivateDnsEnabled":false,"SubnetIds":["{{second.PhysicalId}}"],"PolicyDocument":{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"ecr:*","Resource":"*"}]}""");

        var state = await MakeAsync("VPCEndpoint", before);
        Assert.Matches("^vpce-[0-9a-f]{17}$", state.PhysicalId);
        Assert.Single(state.Attributes["NetworkInterfaceIds"]!.AsArray());
        Assert.Contains(state.PhysicalId, (string?)state.Attributes["DnsEntries"]![0], StringComparison.Ordinal);

        var endpoint = host.Resource("AWS::EC2::VPCEndpoint", "VPCEndpoint");
        await endpoint.UpdateAsync(state, before, after);
        await endpoint.Again.UpdateAsync(state, before, after);
        var changed = (await GetAsync<VpcEndpoint>(state.PhysicalId))!;
        Assert.Equal((false, second.PhysicalId), (changed.PrivateDns, Assert.Single(changed.SubnetIds)));
        Assert.Contains("ecr:*", changed.Policy, StringComparison.Ordinal);

        await DeleteAsync("VPCEndpoint", state, after);
        Assert.Equal("ServiceName", endpoint.ReplacedBy(before, before.Replace("ecr.api", "ecr.dkr", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_the_caller_may_not_is_denied_with_EC2s_text()
    {
        var nobody = await host.Gate.UserAsync("nobody", policy: null);

        var reason = await host.Resource("AWS::EC2::InternetGateway", "Gateway", nobody).RefusalAsync("{}");

        Assert.StartsWith(
            "Resource handler returned message: \"You are not authorized to perform this operation. User: arn:aws:iam::123456789012:user/nobody is not "
            + "authorized to perform: ec2:CreateInternetGateway on resource: arn:aws:ec2:us-east-1:123456789012:internet-gateway/* because no "
            + "identity-based policy allows the ec2:CreateInternetGateway action",
            reason,
            StringComparison.Ordinal);
        Assert.EndsWith("(Service: Ec2, Status Code: 403, Request ID: ID)\" (RequestToken: ID, HandlerErrorCode: AccessDenied)", reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_stacks_own_tags_need_no_permission_to_tag()
    {
        var maker = await host.Gate.UserAsync(
            "maker", """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"ec2:CreateInternetGateway","Resource":"*"}]}""");

        await host.Resource("AWS::EC2::InternetGateway", "Gateway", maker).CreateAsync("{}");

        Assert.Contains(
            "ec2:CreateTags",
            await host.Resource("AWS::EC2::InternetGateway", "Other", maker).RefusalAsync("""{"Tags":[{"Key":"a","Value":"b"}]}"""),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("VPC", "{}", "Property validation failure: [The property {/CidrBlock} is required]")]
    [InlineData("VPC", """{"CidrBlock":"10.0.0.0/16","Cidr":1}""", "Encountered unsupported property Cidr")]
    [InlineData("InternetGateway", """{"Tags":[{"Key":"aws:x","Value":"y"}]}""", "Property validation failure: [aws: prefixed tag key names are not allowed for external use.]")]
    [InlineData("Subnet", """{"VpcId":"v","CidrBlock":"c","Ipv6CidrBlock":"::/64"}""", "the property Ipv6CidrBlock is not offered by this server: networks here have no IPv6 addresses")]
    [InlineData("Route", """{"RouteTableId":"r","TransitGatewayId":"t"}""", "the property TransitGatewayId is not offered by this server: there are no transit gateways")]
    [InlineData("Instance", """{"NetworkInterfaces":[{}]}""", "Property validation failure: [The property {/NetworkInterfaces/0/DeviceIndex} is required]")]
    [InlineData("Instance", """{"LaunchTemplate":{}}""", "the property LaunchTemplate is not offered by this server: there are no launch templates")]
    public void Properties_that_do_not_fit_are_refused(string type, string properties, string flaw) =>
        Assert.Equal(flaw, host.Resource($"AWS::EC2::{type}", "It").Flaw(properties));

    [Theory]
    [InlineData("Subnet", """{"VpcId":"a","CidrBlock":"a","AvailabilityZone":"a"}""", """{"VpcId":"b","CidrBlock":"b","AvailabilityZone":"b"}""", "AvailabilityZone,CidrBlock,VpcId")]
    [InlineData("NatGateway", """{"SubnetId":"a","AllocationId":"a"}""", """{"SubnetId":"b","AllocationId":"b"}""", "AllocationId,SubnetId")]
    [InlineData("Route", """{"RouteTableId":"a","DestinationCidrBlock":"a","GatewayId":"a"}""", """{"RouteTableId":"b","DestinationCidrBlock":"b","GatewayId":"b"}""", "DestinationCidrBlock,RouteTableId")]
    [InlineData("RouteTable", """{"VpcId":"a"}""", """{"VpcId":"b"}""", "VpcId")]
    public void What_cannot_be_changed_replaces(string type, string before, string after, string replaced) =>
        Assert.Equal(replaced, host.Resource($"AWS::EC2::{type}", "It").ReplacedBy(before, after));

    // Each type under its own name and suffix, made twice: what a retry finds is what the first made.
    private async Task<ResourceState> MakeAsync(string type, string properties)
    {
        var resource = host.Resource($"AWS::EC2::{type}", type).With(Own(type));
        var first = await resource.CreateAsync(properties);
        var again = await resource.Again.CreateAsync(properties);
        Assert.Equal(first.PhysicalId, again.PhysicalId);
        Assert.Equal(first.Attributes.ToJsonString(), again.Attributes.ToJsonString());
        return first;
    }

    private async Task DeleteAsync(string type, ResourceState state, string properties)
    {
        var resource = host.Resource($"AWS::EC2::{type}", type);
        await resource.DeleteAsync(state, properties);
        await resource.Again.DeleteAsync(state, properties);
    }

    private static Func<ResourceWork, ResourceWork> Own(string type) => work => work with { Suffix = type.ToUpperInvariant() };

    private Task<T?> GetAsync<T>(string id)
        where T : NetworkObject, INetworkKind
    {
        var objects = host.Gate.Berth.Server.Domain.Networks.Objects;
        return objects.ReadAsync(rows => objects.FindAsync<T>(rows, Home, id), Cancel);
    }

    private async Task<string> TagsAsync(string id) => string.Join(
        ",",
        (await host.Gate.Berth.Server.Domain.Networks.Tags.FindAsync(Home, id, Cancel))
            .OrderBy(tag => tag.Key, StringComparer.Ordinal).Select(tag => $"{tag.Key}={tag.Value}"));

    private async Task<string> RulesAsync(string group)
    {
        var objects = host.Gate.Berth.Server.Domain.Networks.Objects;
        var rules = await objects.ReadAsync(rows => objects.PartsAsync<SecurityGroupRule>(rows, Home, [group]), Cancel);
        return string.Join(
            ";",
            rules.Select(rule => $"{(rule.IsEgress ? "egress" : "ingress")} {rule.Protocol} {rule.CidrV4 ?? rule.PeerGroupId} {rule.Description}")
                .Order(StringComparer.Ordinal));
    }
}
