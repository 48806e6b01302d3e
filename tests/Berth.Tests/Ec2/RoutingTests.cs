namespace Berth.Tests.Ec2;

public sealed class RoutingTests : IAsyncLifetime
{
    private Ec2Host ec2 = null!;
    private string vpc = "";
    private string subnet = "";

    public async ValueTask InitializeAsync()
    {
        ec2 = await Ec2Host.StartAsync();
        vpc = await ec2.VpcAsync();
        subnet = await ec2.SubnetAsync(vpc);
    }

    public ValueTask DisposeAsync() => ec2.DisposeAsync();

    [Fact]
    public async Task A_subnet_has_one_table_which_is_not_deleted_meanwhile()
    {
        var table = await TableAsync();
        var association = (await ec2.DoAsync("AssociateRouteTable", $"RouteTableId={table}", $"SubnetId={subnet}")).Get("associationId");
        var other = await TableAsync();

        Assert.Equal(association, (await ec2.DoAsync("AssociateRouteTable", $"RouteTableId={table}", $"SubnetId={subnet}")).Get("associationId"));
        await ec2.RefusedAsync(
            "AssociateRouteTable", (400, "Resource.AlreadyAssociated", $"The specified association for route table {other} conflicts with an existing association"), $"RouteTableId={other}", $"SubnetId={subnet}");
        await ec2.RefusedAsync("DeleteRouteTable", (400, "DependencyViolation", $"The routeTable '{table}' has dependencies and cannot be deleted."), $"RouteTableId={table}");
        var replaced = (await ec2.DoAsync("ReplaceRouteTableAssociation", $"AssociationId={association}", $"RouteTableId={other}")).Get("newAssociationId");
        Assert.Equal([other], (await ec2.DoAsync("DescribeRouteTables", "Filter.1.Name=association.subnet-id", $"Filter.1.Value.1={subnet}")).All("routeTableId").Distinct(StringComparer.Ordinal).ToArray());
        await ec2.DoAsync("DeleteRouteTable", $"RouteTableId={table}");
        await ec2.DoAsync("DisassociateRouteTable", $"AssociationId={replaced}");
        await ec2.RefusedAsync("DisassociateRouteTable", (400, "InvalidAssociationID.NotFound", $"The association ID '{replaced}' does not exist"), $"AssociationId={replaced}");
    }

    [Fact]
    public async Task Routes_lead_to_gateways_and_nowhere_once_those_are_gone()
    {
        var table = await TableAsync();
        var gateway = (await ec2.DoAsync("CreateInternetGateway")).Get("internetGatewayId");
        await ec2.RefusedAsync(
            "CreateRoute", (400, "InvalidParameterValue", $"route table {table} and network gateway {gateway} belong to different networks"), Route(table, gateway));
        await ec2.DoAsync("AttachInternetGateway", $"InternetGatewayId={gateway}", $"VpcId={vpc}");
        await ec2.RefusedAsync(
            "AttachInternetGateway", (400, "Resource.AlreadyAssociated", $"resource {gateway} is already attached to network {vpc}"), $"InternetGatewayId={gateway}", $"VpcId={vpc}");

        await ec2.DoAsync("CreateRoute", Route(table, gateway));

        await ec2.RefusedAsync("CreateRoute", (400, "RouteAlreadyExists", "The route identified by 0.0.0.0/0 already exists."), Route(table, gateway));
        Assert.Equal(["active", "active"], await StatesAsync(table));
        await ec2.RefusedAsync(
            "DeleteInternetGateway", (400, "DependencyViolation", $"The internetGateway '{gateway}' has dependencies and cannot be deleted."), $"InternetGatewayId={gateway}");
        await ec2.DoAsync("DetachInternetGateway", $"InternetGatewayId={gateway}", $"VpcId={vpc}");
        Assert.Equal(["active", "blackhole"], await StatesAsync(table));
        await ec2.RefusedAsync(
            "DetachInternetGateway", (400, "Gateway.NotAttached", $"resource {gateway} is not attached to network {vpc}"), $"InternetGatewayId={gateway}", $"VpcId={vpc}");
        await ec2.DoAsync("DeleteInternetGateway", $"InternetGatewayId={gateway}");
        await ec2.DoAsync("DeleteRoute", $"RouteTableId={table}", "DestinationCidrBlock=0.0.0.0/0");
        await ec2.RefusedAsync(
            "DeleteRoute",
            (400, "InvalidRoute.NotFound", $"no route with destination-cidr-block 0.0.0.0/0 in route table {table}"),
            $"RouteTableId={table}",
            "DestinationCidrBlock=0.0.0.0/0");
        await ec2.RefusedAsync(
            "DeleteRoute",
            (400, "InvalidParameterValue", $"cannot remove local route 10.0.0.0/16 in route table {table}"),
            $"RouteTableId={table}",
            "DestinationCidrBlock=10.0.0.0/16");
    }

    [Fact]
    public async Task A_NAT_gateway_holds_its_address_until_it_is_deleted()
    {
        var address = await ec2.DoAsync("AllocateAddress", "Domain=vpc");
        var id = address.Get("allocationId");
        string[] asked = [$"SubnetId={subnet}", $"AllocationId={id}", "ClientToken=once"];
        var made = await ec2.DoAsync("CreateNatGateway", asked);
        var gateway = made.Get("natGatewayId");

        Assert.Matches(@"^(192\.0\.2|198\.51\.100|203\.0\.113)\.\d+$", address.Get("publicIp"));
        Assert.Equal(("available", "10.0.1.4", address.Get("publicIp")), (made.Get("state"), made.Get("privateIp"), made.Get("publicIp")));
        Assert.Equal(gateway, (await ec2.DoAsync("CreateNatGateway", asked)).Get("natGatewayId"));
        Assert.Equal("IdempotentParameterMismatch", (await ec2.CallAsync("CreateNatGateway", [.. asked, "PrivateIpAddress=10.0.1.9"])).Find("Code"));
        await ec2.RefusedAsync("ReleaseAddress", (400, "InvalidIPAddress.InUse", $"Address {address.Get("publicIp")} is in use."), $"AllocationId={id}");
        await ec2.RefusedAsync("DeleteSubnet", (400, "DependencyViolation", $"The subnet '{subnet}' has dependencies and cannot be deleted."), $"SubnetId={subnet}");
        Assert.Equal("nat_gateway", (await ec2.DoAsync("DescribeNetworkInterfaces")).Get("interfaceType"));
        var table = await TableAsync();
        await ec2.DoAsync("CreateRoute", $"RouteTableId={table}", "DestinationCidrBlock=0.0.0.0/0", $"NatGatewayId={gateway}");

        await ec2.DoAsync("DeleteNatGateway", $"NatGatewayId={gateway}");

        Assert.Equal("deleted", (await ec2.DoAsync("DescribeNatGateways", $"NatGatewayId.1={gateway}")).Get("state"));
        Assert.Equal(["active", "blackhole"], await StatesAsync(table));
        await ec2.DoAsync("ReleaseAddress", $"AllocationId={id}");
        await ec2.DoAsync("DeleteSubnet", $"SubnetId={subnet}");
        ec2.Time.Advance(TimeSpan.FromHours(1));
        await ec2.RefusedAsync("DescribeNatGateways", (400, "NatGatewayNotFound", $"The Nat Gateway {gateway} was not found"), $"NatGatewayId.1={gateway}");
    }

    private static string[] Route(string table, string gateway) => [$"RouteTableId={table}", "DestinationCidrBlock=0.0.0.0/0", $"GatewayId={gateway}"];

    private async Task<string> TableAsync() => (await ec2.DoAsync("CreateRouteTable", $"VpcId={vpc}")).Get("routeTableId");

    private async Task<string[]> StatesAsync(string table) =>
        [.. (await ec2.DoAsync("DescribeRouteTables", $"RouteTableId.1={table}")).All("state").Where(state => state is "active" or "blackhole")];
}
