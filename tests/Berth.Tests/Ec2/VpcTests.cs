namespace Berth.Tests.Ec2;

public sealed class VpcTests : IAsyncLifetime
{
    private Ec2Host ec2 = null!;

    public async ValueTask InitializeAsync() => ec2 = await Ec2Host.StartAsync();

    public ValueTask DisposeAsync() => ec2.DisposeAsync();

    [Fact]
    public async Task A_VPC_is_shown_as_it_was_made()
    {
        var vpc = await ec2.VpcAsync("10.0.3.4/16");

        var shown = await ec2.DoAsync("DescribeVpcs", $"VpcId.1={vpc}");

        Assert.Equal(("10.0.0.0/16", "available", "default", "false", "123456789012"), (shown.Get("cidrBlock"), shown.All("state")[^1], shown.Get("instanceTenancy"), shown.Get("isDefault"), shown.Get("ownerId")));
        Assert.Equal(["default"], (await ec2.DoAsync("DescribeSecurityGroups", "Filter.1.Name=vpc-id", $"Filter.1.Value.1={vpc}")).All("groupName"));
        Assert.Equal("true", (await ec2.DoAsync("DescribeRouteTables", "Filter.1.Name=association.main", "Filter.1.Value.1=true")).Get("main"));
    }

    [Theory]
    [InlineData("10.0.0.0/8", "InvalidVpc.Range", "The CIDR '10.0.0.0/8' is invalid.")]
    [InlineData("10.0.0.0/29", "InvalidVpc.Range", "The CIDR '10.0.0.0/29' is invalid.")]
    [InlineData("ten", "InvalidParameterValue", "Value (ten) for parameter cidrBlock is invalid. This is not a valid CIDR block.")]
    public async Task A_block_that_is_none_for_a_VPC_is_refused(string cidr, string code, string message) =>
        await ec2.RefusedAsync("CreateVpc", (400, code, message), $"CidrBlock={cidr}");

    [Fact]
    public async Task Attributes_are_changed_one_at_a_time()
    {
        var vpc = await ec2.VpcAsync();

        await ec2.DoAsync("ModifyVpcAttribute", $"VpcId={vpc}", "EnableDnsHostnames.Value=true");

        Assert.Equal("<enableDnsHostnames><value>true</value></enableDnsHostnames>", (await ec2.DoAsync("DescribeVpcAttribute", $"VpcId={vpc}", "Attribute=enableDnsHostnames")).Element("enableDnsHostnames"));
        Assert.Equal("true", (await ec2.DoAsync("DescribeVpcAttribute", $"VpcId={vpc}", "Attribute=enableDnsSupport")).Get("value"));
        await ec2.RefusedAsync(
            "ModifyVpcAttribute", (400, "InvalidParameterCombination", "Fields for multiple attribute types specified"), $"VpcId={vpc}", "EnableDnsSupport.Value=true", "EnableDnsHostnames.Value=true");
    }

    [Fact]
    public async Task A_VPC_with_something_in_it_is_not_deleted()
    {
        var vpc = await ec2.VpcAsync();
        var subnet = await ec2.SubnetAsync(vpc);

        await ec2.RefusedAsync("DeleteVpc", (400, "DependencyViolation", $"The vpc '{vpc}' has dependencies and cannot be deleted."), $"VpcId={vpc}");
        await ec2.DoAsync("DeleteSubnet", $"SubnetId={subnet}");
        await ec2.DoAsync("DeleteVpc", $"VpcId={vpc}");
        await ec2.RefusedAsync("DescribeVpcs", (400, "InvalidVpcID.NotFound", $"The vpc ID '{vpc}' does not exist"), $"VpcId.1={vpc}");
    }

    [Fact]
    public async Task Subnets_lie_in_their_VPC_and_have_no_address_in_common()
    {
        var vpc = await ec2.VpcAsync();
        var made = await ec2.DoAsync("CreateSubnet", $"VpcId={vpc}", "CidrBlock=10.0.1.0/24", "AvailabilityZone=us-east-1b");

        Assert.Equal(("us-east-1b", "use1-az2", "251", "available"), (made.Get("availabilityZone"), made.Get("availabilityZoneId"), made.Get("availableIpAddressCount"), made.Get("state")));
        await ec2.RefusedAsync("CreateSubnet", (400, "InvalidSubnet.Conflict", "The CIDR '10.0.1.128/25' conflicts with another subnet"), $"VpcId={vpc}", "CidrBlock=10.0.1.128/25");
        await ec2.RefusedAsync("CreateSubnet", (400, "InvalidSubnet.Range", "The CIDR '10.1.0.0/24' is invalid."), $"VpcId={vpc}", "CidrBlock=10.1.0.0/24");
        await ec2.RefusedAsync(
            "CreateSubnet",
            (400, "InvalidParameterValue", "Value (us-east-1z) for parameter availabilityZone is invalid. Subnets can currently only be created in the following availability zones: us-east-1a, us-east-1b, us-east-1c."),
            $"VpcId={vpc}",
            "CidrBlock=10.0.2.0/24",
            "AvailabilityZone=us-east-1z");
        await ec2.DoAsync("ModifySubnetAttribute", $"SubnetId={made.Get("subnetId")}", "MapPublicIpOnLaunch.Value=true");
        Assert.Equal("true", (await ec2.DoAsync("DescribeSubnets", "Filter.1.Name=map-public-ip-on-launch", "Filter.1.Value.1=true")).Get("mapPublicIpOnLaunch"));
    }

    [Fact]
    public async Task The_Region_has_three_zones()
    {
        Assert.Equal(["us-east-1a", "us-east-1b", "us-east-1c"], (await ec2.DoAsync("DescribeAvailabilityZones")).All("zoneName"));
        Assert.Equal(["us-east-1"], (await ec2.DoAsync("DescribeRegions")).All("regionName"));
    }

    [Fact]
    public async Task Tags_are_given_taken_and_listed()
    {
        var vpc = await ec2.VpcAsync();
        var subnet = await ec2.SubnetAsync(vpc);
        await ec2.DoAsync("CreateTags", $"ResourceId.1={vpc}", $"ResourceId.2={subnet}", "Tag.1.Key=Name", "Tag.1.Value=x", "Tag.2.Key=b", "Tag.2.Value=");

        var listed = await ec2.DoAsync("DescribeTags", "Filter.1.Name=resource-type", "Filter.1.Value.1=vpc");
        Assert.Equal(["Name", "b"], listed.All("key"));
        Assert.Equal([vpc, vpc], listed.All("resourceId"));
        Assert.Equal([vpc], (await ec2.DoAsync("DescribeVpcs", "Filter.1.Name=tag:Name", "Filter.1.Value.1=x")).All("vpcId"));
        await ec2.DoAsync("DeleteTags", $"ResourceId.1={vpc}", "Tag.1.Key=Name", "Tag.1.Value=other");
        await ec2.DoAsync("DeleteTags", $"ResourceId.1={subnet}");
        Assert.Equal(["Name", "b"], (await ec2.DoAsync("DescribeTags")).All("key"));
        await ec2.RefusedAsync("CreateTags", (400, "InvalidID", "The ID 'ami-1' is not valid"), "ResourceId.1=ami-1", "Tag.1.Key=a");
        await ec2.RefusedAsync("CreateTags", (400, "InvalidSubnetID.NotFound", "The subnet ID 'subnet-00000000' does not exist"), "ResourceId.1=subnet-00000000", "Tag.1.Key=a");
    }
}
