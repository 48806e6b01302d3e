using System.Xml.Linq;
using Berth.Tests.Aws;
using Berth.Tests.Gate;
using Berth.Tests.Gate.Doors;

namespace Berth.Tests.Ec2;

/// <summary>The operations on VPC endpoints, as the aws CLI calls them.</summary>
public sealed class VpcEndpointTests : IAsyncLifetime
{
    private static readonly XNamespace Ns = "http://ec2.amazonaws.com/doc/2016-11-15/";

    private DoorHost host = null!;
    private TestNetwork network = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        host = await DoorHost.StartAsync();
        network = await host.VpcAsync();
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task An_interface_endpoint_is_available_with_all_that_belongs_to_it()
    {
        var (status, answer) = await CallAsync(
            "CreateVpcEndpoint",
            ("VpcId", network.Vpc.Id),
            ("VpcEndpointType", "Interface"),
            ("ServiceName", "com.amazonaws.us-east-1.ecr.dkr"),
            ("SubnetId.1", network.Subnet.Id),
            ("TagSpecification.1.ResourceType", "vpc-endpoint"),
            ("TagSpecification.1.Tag.1.Key", "Name"),
            ("TagSpecification.1.Tag.1.Value", "door"),
            ("ClientToken", "once"));

        Assert.Equal((200, "CreateVpcEndpointResponse", "once"), (status, answer.Name.LocalName, answer.Element(Ns + "clientToken")?.Value));
        var endpoint = answer.Element(Ns + "vpcEndpoint")!;
        var id = Text(endpoint, "vpcEndpointId");
        Assert.Matches(@"\Avpce-[0-9a-f]{17}\z", id);
        Assert.Equal("Interface", Text(endpoint, "vpcEndpointType"));
        Assert.Equal("available", Text(endpoint, "state"));
        Assert.Equal("""{"Statement":[{"Action":"*","Effect":"Allow","Principal":"*","Resource":"*"}]}""", Text(endpoint, "policyDocument"));
        Assert.Equal("true", Text(endpoint, "privateDnsEnabled"));
        Assert.Equal("false", Text(endpoint, "requesterManaged"));
        Assert.Equal("2026-01-15T12:00:00.000Z", Text(endpoint, "creationTimestamp"));
        Assert.Equal((network.Subnet.Id, ""), (Text(endpoint, "subnetIdSet"), Text(endpoint, "routeTableIdSet")));
        Assert.Equal((network.Group.Id, "default"), (Text(endpoint, "groupSet", "item", "groupId"), Text(endpoint, "groupSet", "item", "groupName")));
        Assert.Matches(@"\Aeni-[0-9a-f]{17}\z", Text(endpoint, "networkInterfaceIdSet"));
        Assert.Equal(("ipv4", "ipv4"), (Text(endpoint, "ipAddressType"), Text(endpoint, "dnsOptions", "dnsRecordIpType")));
        Assert.Equal(("Name", "door"), (Text(endpoint, "tagSet", "item", "key"), Text(endpoint, "tagSet", "item", "value")));
        Assert.Equal((GateHost.Own, "us-east-1"), (Text(endpoint, "ownerId"), Text(endpoint, "serviceRegion")));
        var names = endpoint.Element(Ns + "dnsEntrySet")!.Elements().Select(entry => Text(entry, "dnsName")).ToArray();
        Assert.Matches($@"\A{id}-[a-z2-7]{{8}}\.dkr\.ecr\.us-east-1\.vpce\.amazonaws\.com\z", names[0]);
        Assert.Equal("*.dkr.ecr.us-east-1.amazonaws.com", names[^1]);
        Assert.All(endpoint.Element(Ns + "dnsEntrySet")!.Elements(), entry => Assert.Matches(@"\AZ[A-Z2-7]{13}\z", Text(entry, "hostedZoneId")));

        var (_, again) = await CallAsync(
            "DescribeVpcEndpoints", ("Filter.1.Name", "tag:Name"), ("Filter.1.Value.1", "do*"), ("Filter.2.Name", "vpc-endpoint-type"), ("Filter.2.Value.1", "Interface"));
        Assert.Equal($"{endpoint}", $"{new XElement(Ns + "vpcEndpoint", Assert.Single(again.Element(Ns + "vpcEndpointSet")!.Elements()).Nodes())}");
    }

    [Fact]
    public async Task A_gateway_is_the_default_type_and_stands_in_its_route_tables()
    {
        var (_, answer) = await CallAsync(
            "CreateVpcEndpoint", ("VpcId", network.Vpc.Id), ("ServiceName", "com.amazonaws.us-east-1.s3"), ("RouteTableId.1", network.Table.Id));
        var id = Text(answer.Element(Ns + "vpcEndpoint")!, "vpcEndpointId");
        Assert.Equal(("Gateway", network.Table.Id), (Text(answer, "vpcEndpoint", "vpcEndpointType"), Text(answer, "vpcEndpoint", "routeTableIdSet")));

        var (_, lists) = await CallAsync("DescribePrefixLists", ("Filter.1.Name", "prefix-list-name"), ("Filter.1.Value.1", "com.amazonaws.us-east-1.s3"));
        var list = Text(lists, "prefixListSet", "item", "prefixListId");
        Assert.Matches(@"\Apl-[0-9a-f]{8}\z", list);
        var (_, tables) = await CallAsync("DescribeRouteTables", ("RouteTableId.1", network.Table.Id));
        var route = tables.Descendants(Ns + "destinationPrefixListId").Single().Parent!;
        Assert.Equal((list, id, "active"), (Text(route, "destinationPrefixListId"), Text(route, "gatewayId"), Text(route, "state")));

        await CallAsync("DeleteVpcEndpoints", ("VpcEndpointId.1", id));
        (_, tables) = await CallAsync("DescribeRouteTables", ("RouteTableId.1", network.Table.Id));
        Assert.Empty(tables.Descendants(Ns + "destinationPrefixListId"));
    }

    [Theory]
    [InlineData("com.amazonaws.us-east-1.sts", "Interface", "InvalidServiceName", "The Vpc Endpoint Service 'com.amazonaws.us-east-1.sts' does not exist")]
    [InlineData("com.amazonaws.eu-west-1.ecr.api", "Interface", "InvalidServiceName", "The Vpc Endpoint Service 'com.amazonaws.eu-west-1.ecr.api' does not exist")]
    [InlineData("com.amazonaws.us-east-1.ecr.api", null, "InvalidParameter", "Endpoint type (Gateway) does not match available service types ([Interface]).")]
    [InlineData("com.amazonaws.us-east-1.s3", "Interface", "InvalidParameter", "Endpoint type (Interface) does not match available service types ([Gateway]).")]
    [InlineData(null, "Interface", "MissingParameter", "The request must contain the parameter ServiceName")]
    public async Task What_is_no_service_has_no_endpoints(string? service, string? type, string code, string message)
    {
        (string, string?)[] given = [("VpcId", network.Vpc.Id), ("ServiceName", service), ("VpcEndpointType", type)];

        await AssertRefusedAsync(code, message, "CreateVpcEndpoint", [.. given.Where(one => one.Item2 is not null).Select(one => (one.Item1, one.Item2!))]);
    }

    [Fact]
    public async Task What_an_endpoint_refers_to_must_be_there()
    {
        (string, string)[] good = [("VpcEndpointType", "Interface"), ("ServiceName", "com.amazonaws.us-east-1.ecr.api")];

        await AssertRefusedAsync(
            "InvalidVpcID.NotFound", "The vpc ID 'vpc-00000000000000000' does not exist", "CreateVpcEndpoint", [.. good, ("VpcId", "vpc-00000000000000000")]);
        await AssertRefusedAsync(
            "InvalidSubnetID.NotFound",
            "The subnet ID 'subnet-00000000000000000' does not exist",
            "CreateVpcEndpoint",
            [.. good, ("VpcId", network.Vpc.Id), ("SubnetId.1", "subnet-00000000000000000")]);
        await AssertRefusedAsync(
            "InvalidGroup.NotFound",
            "The security group 'sg-00000000000000000' does not exist",
            "CreateVpcEndpoint",
            [.. good, ("VpcId", network.Vpc.Id), ("SecurityGroupId.1", "sg-00000000000000000")]);
        await AssertRefusedAsync(
            "InvalidParameter",
            "IP address type (dualstack) is not supported here; networks have ipv4 addresses.",
            "CreateVpcEndpoint",
            [.. good, ("VpcId", network.Vpc.Id), ("IpAddressType", "dualstack")]);
        await AssertRefusedAsync(
            "InvalidVpcEndpointId.NotFound",
            "The VpcEndPoint ID 'vpce-00000000000000000' does not exist",
            "DescribeVpcEndpoints",
            ("VpcEndpointId.1", "vpce-00000000000000000"));
        await AssertRefusedAsync(
            "InvalidVpcEndpointId.NotFound",
            "The VpcEndPoint ID 'vpce-00000000000000000' does not exist",
            "ModifyVpcEndpoint",
            ("VpcEndpointId", "vpce-00000000000000000"));
    }

    [Fact]
    public async Task A_policy_is_set_and_reset()
    {
        var endpoint = await host.DoorAsync(network, "ecr.api");
        const string policy = """{"Statement":{"Effect":"Allow","Principal":"*","Action":"ecr:Describe*","Resource":"*"}}""";

        var (_, changed) = await CallAsync("ModifyVpcEndpoint", ("VpcEndpointId", endpoint.Id), ("PolicyDocument", policy), ("PrivateDnsEnabled", "false"));
        Assert.Equal("true", Text(changed, "return"));
        var (_, told) = await CallAsync("DescribeVpcEndpoints", ("VpcEndpointId.1", endpoint.Id));
        Assert.Equal((policy, "false"), (Text(told, "vpcEndpointSet", "item", "policyDocument"), Text(told, "vpcEndpointSet", "item", "privateDnsEnabled")));
        await AssertRefusedAsync(
            "InvalidPolicyDocument", "The policy document is not valid: This policy contains invalid Json at $", "ModifyVpcEndpoint", ("VpcEndpointId", endpoint.Id), ("PolicyDocument", "{"));

        await CallAsync("ModifyVpcEndpoint", ("VpcEndpointId", endpoint.Id), ("ResetPolicy", "true"));
        (_, told) = await CallAsync("DescribeVpcEndpoints", ("VpcEndpointId.1", endpoint.Id));
        Assert.Equal("""{"Statement":[{"Action":"*","Effect":"Allow","Principal":"*","Resource":"*"}]}""", Text(told, "vpcEndpointSet", "item", "policyDocument"));
    }

    [Fact]
    public async Task What_cannot_be_deleted_is_told_and_keeps_nothing_else()
    {
        var endpoint = await host.DoorAsync(network, "ecr.api");

        var (status, answer) = await CallAsync("DeleteVpcEndpoints", ("VpcEndpointId.1", "vpce-00000000000000000"), ("VpcEndpointId.2", endpoint.Id));

        Assert.Equal(200, status);
        var item = Assert.Single(answer.Element(Ns + "unsuccessful")!.Elements());
        Assert.Equal(
            ("vpce-00000000000000000", "InvalidVpcEndpointId.NotFound", "The VpcEndPoint ID 'vpce-00000000000000000' does not exist"),
            (Text(item, "resourceId"), Text(item, "error", "code"), Text(item, "error", "message")));
        await AssertRefusedAsync(
            "InvalidVpcEndpointId.NotFound", $"The VpcEndPoint ID '{endpoint.Id}' does not exist", "DescribeVpcEndpoints", ("VpcEndpointId.1", endpoint.Id));
    }

    [Fact]
    public async Task Services_are_those_of_the_Region()
    {
        var (_, all) = await CallAsync("DescribeVpcEndpointServices");
        Assert.Equal(
            "com.amazonaws.us-east-1.ecr.api com.amazonaws.us-east-1.ecr.dkr com.amazonaws.us-east-1.ecr-fips.api com.amazonaws.us-east-1.ecr-fips.dkr com.amazonaws.us-east-1.s3",
            string.Join(' ', all.Element(Ns + "serviceNameSet")!.Elements().Select(item => item.Value)));

        var (_, gateways) = await CallAsync("DescribeVpcEndpointServices", ("Filter.1.Name", "service-type"), ("Filter.1.Value.1", "Gateway"));
        var detail = Assert.Single(gateways.Element(Ns + "serviceDetailSet")!.Elements());
        Assert.Equal(
            ("com.amazonaws.us-east-1.s3", "Gateway", "amazon", "true", "false"),
            (Text(detail, "serviceName"), Text(detail, "serviceType", "item", "serviceType"), Text(detail, "owner"), Text(detail, "vpcEndpointPolicySupported"), Text(detail, "acceptanceRequired")));

        var (_, api) = await CallAsync("DescribeVpcEndpointServices", ("ServiceName.1", "com.amazonaws.us-east-1.ecr.api"));
        Assert.Equal("api.ecr.us-east-1.amazonaws.com", Text(api, "serviceDetailSet", "item", "privateDnsName"));
        await AssertRefusedAsync(
            "InvalidServiceName", "The Vpc Endpoint Service 'com.amazonaws.us-east-1.sqs' does not exist", "DescribeVpcEndpointServices", ("ServiceName.1", "com.amazonaws.us-east-1.sqs"));
    }

    [Fact]
    public async Task Endpoints_are_their_accounts_own_and_need_permission()
    {
        var endpoint = await host.DoorAsync(network, "ecr.api");
        var theirs = await host.Gate.UserAsync("bob", Policies.OfIdentity("Allow", "ec2:*"), GateHost.Other);
        var (_, listed) = await CallAsync(theirs, "DescribeVpcEndpoints");
        Assert.Empty(listed.Element(Ns + "vpcEndpointSet")!.Elements());

        var ann = await host.Gate.UserAsync(
            "ann", Policies.OfIdentity("Allow", "ec2:*", condition: """{"StringEqualsIfExists":{"ec2:VpceServiceName":"com.amazonaws.us-east-1.ecr.api"}}"""));
        var (status, _) = await CallAsync(
            ann, "CreateVpcEndpoint", ("VpcId", network.Vpc.Id), ("VpcEndpointType", "Interface"), ("ServiceName", "com.amazonaws.us-east-1.ecr.dkr"));
        Assert.Equal(403, status);
        (status, var tried) = await CallAsync(ann, "DeleteVpcEndpoints", ("VpcEndpointId.1", endpoint.Id), ("DryRun", "true"));
        Assert.Equal((412, "DryRunOperation"), (status, tried.Descendants("Code").Single().Value));
    }

    private Task<(int Status, XElement Answer)> CallAsync(string action, params (string Name, string Value)[] parameters) =>
        CallAsync(host.Root, action, parameters);

    private async Task<(int Status, XElement Answer)> CallAsync(Actor actor, string action, params (string Name, string Value)[] parameters)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, new Uri(host.Gate.Berth.Url, "/"));
        message.Content = new FormUrlEncodedContent(
            [new("Action", action), new("Version", "2016-11-15"), .. parameters.Select(one => KeyValuePair.Create(one.Name, one.Value))]);
        new RequestSigner(actor.Caller.AccessKeyId, actor.Secret, "ec2").Sign(message, host.Gate.Time.GetUtcNow());
        using var response = await host.Gate.Berth.Http.SendAsync(message, Cancel);
        return ((int)response.StatusCode, XElement.Parse(await response.Content.ReadAsStringAsync(Cancel)));
    }

    private async Task AssertRefusedAsync(string code, string message, string action, params (string Name, string Value)[] parameters)
    {
        var (status, answer) = await CallAsync(action, parameters);
        Assert.Equal(
            (400, code, message), (status, answer.Descendants("Code").SingleOrDefault()?.Value, answer.Descendants("Message").SingleOrDefault()?.Value));
    }

    private static string Text(XElement of, params string[] path) =>
        path.Aggregate(of, (at, name) => at.Element(Ns + name) ?? throw new InvalidOperationException($"no {name} in {at}")).Value;
}
