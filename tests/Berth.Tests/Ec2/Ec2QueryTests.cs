namespace Berth.Tests.Ec2;

/// <summary>EC2's way of asking and answering, whatever is asked.</summary>
public sealed class Ec2QueryTests : IAsyncLifetime
{
    private Ec2Host ec2 = null!;

    public async ValueTask InitializeAsync() => ec2 = await Ec2Host.StartAsync();

    public ValueTask DisposeAsync() => ec2.DisposeAsync();

    [Fact]
    public async Task An_answer_has_its_request_id_first_and_lists_of_items()
    {
        var made = await ec2.DoAsync(
            "CreateVpc", "CidrBlock=10.0.0.0/16", "TagSpecification.1.ResourceType=vpc", "TagSpecification.1.Tag.1.Key=Name", "TagSpecification.1.Tag.1.Value=one");

        Assert.Matches("^<CreateVpcResponse xmlns=\"http://ec2.amazonaws.com/doc/2016-11-15/\"><requestId>[0-9a-f-]{36}</requestId><vpc><vpcId>vpc-[0-9a-f]{17}</vpcId>", made.Body);
        Assert.Equal("<tagSet><item><key>Name</key><value>one</value></item></tagSet>", made.Element("tagSet"));
        Assert.Equal("true", (await ec2.DoAsync("DeleteVpc", $"VpcId={made.Get("vpcId")}")).Get("return"));
    }

    [Fact]
    public async Task An_error_stands_in_a_list_of_errors()
    {
        var refused = await ec2.CallAsync("DeleteVpc", "VpcId=vpc-00000000");

        Assert.Equal(400, refused.Status);
        Assert.Matches(
            "^<Response><Errors><Error><Code>InvalidVpcID.NotFound</Code><Message>The vpc ID 'vpc-00000000' does not exist</Message></Error></Errors>"
            + "<RequestID>[0-9a-f-]{36}</RequestID></Response>$",
            refused.Body);
    }

    [Theory]
    [InlineData("InvalidAction", "The action Nothing is not valid for this web service.", "Nothing")]
    [InlineData("UnknownParameter", "The parameter Ipv6Pool is not recognized", "CreateVpc", "CidrBlock=10.0.0.0/16", "Ipv6Pool=x")]
    [InlineData("UnknownParameter", "The parameter VpcId.2.Extra is not recognized", "DescribeVpcs", "VpcId.1=vpc-00000000", "VpcId.2.Extra=x")]
    [InlineData("MissingParameter", "The request must contain the parameter cidrBlock", "CreateVpc")]
    [InlineData("InvalidVpcID.Malformed", "Invalid id: \"gateway\" (expecting \"vpc-...\")", "DeleteVpc", "VpcId=gateway")]
    [InlineData("InvalidParameterValue", "the value of 'DryRun' cannot be read", "DeleteVpc", "VpcId=vpc-00000000", "DryRun=perhaps")]
    [InlineData("InvalidParameterValue", "The filter 'colour' is invalid", "DescribeVpcs", "Filter.1.Name=colour", "Filter.1.Value.1=red")]
    [InlineData("InvalidParameterValue", "Value ( 4 ) for parameter maxResults is invalid. Expecting a value greater than or equal to 5.", "DescribeVpcs", "MaxResults=4")]
    [InlineData("InvalidParameterValue", "Unable to parse pagination token", "DescribeVpcs", "NextToken=x")]
    [InlineData("InvalidParameterValue", "Tag keys starting with 'aws:' are reserved for internal use", "CreateVpc", "CidrBlock=10.0.0.0/16", "TagSpecification.1.ResourceType=vpc", "TagSpecification.1.Tag.1.Key=aws:x")]
    [InlineData("InvalidParameterValue", "'subnet' is not a valid taggable resource type for this operation.", "CreateVpc", "CidrBlock=10.0.0.0/16", "TagSpecification.1.ResourceType=subnet", "TagSpecification.1.Tag.1.Key=x")]
    public async Task What_is_wrong_is_said_in_EC2s_words(string code, string message, string operation, params string[] members) =>
        await ec2.RefusedAsync(operation, (400, code, message), members);

    [Fact]
    public async Task Who_is_not_known_gets_an_AuthFailure()
    {
        var refused = await ec2.CallAsync((BerthHost.AccessKeyId, "wrong"), "DescribeVpcs");

        Assert.Equal((401, "AuthFailure"), (refused.Status, refused.Find("Code")));
        Assert.Equal("AWS was not able to validate the provided access credentials", refused.Find("Message"));
    }

    [Fact]
    public async Task Who_may_not_is_told_so_and_of_a_change_in_a_sealed_message_too()
    {
        var key = await ec2.UserAsync("ann", """{"Statement":{"Effect":"Allow","Action":"sts:*","Resource":"*"}}""");

        var listed = await ec2.CallAsync(key, "DescribeVpcs");
        var made = await ec2.CallAsync(key, "CreateVpc", "CidrBlock=10.0.0.0/16");

        Assert.Equal(
            (403, "UnauthorizedOperation", "You are not authorized to perform this operation. User: arn:aws:iam::123456789012:user/ann is not authorized to "
                + "perform: ec2:DescribeVpcs because no identity-based policy allows the ec2:DescribeVpcs action"),
            (listed.Status, listed.Find("Code"), listed.Find("Message")));
        Assert.Matches(
            "on resource: arn:aws:ec2:us-east-1:123456789012:vpc/\\* because no identity-based policy allows the ec2:CreateVpc action. "
            + "Encoded authorization failure message: [A-Za-z0-9+/=]+$",
            made.Get("Message"));
    }

    [Fact]
    public async Task A_dry_run_changes_nothing_and_tells_whether_it_would_be_allowed()
    {
        await ec2.RefusedAsync(
            "CreateVpc", (412, "DryRunOperation", "Request would have succeeded, but DryRun flag is set."), "CidrBlock=10.0.0.0/16", "DryRun=true");
        var key = await ec2.UserAsync("ann", """{"Statement":{"Effect":"Allow","Action":"ec2:CreateVpc","Resource":"*"}}""");

        Assert.Equal("DryRunOperation", (await ec2.CallAsync(key, "CreateVpc", "CidrBlock=10.0.0.0/16", "DryRun=true")).Find("Code"));
        Assert.Equal("UnauthorizedOperation", (await ec2.CallAsync(key, "DescribeVpcs", "DryRun=true")).Find("Code"));
        var tagged = await ec2.CallAsync(
            key, "CreateVpc", "CidrBlock=10.0.0.0/16", "DryRun=true", "TagSpecification.1.ResourceType=vpc", "TagSpecification.1.Tag.1.Key=a");
        Assert.Contains("is not authorized to perform: ec2:CreateTags on resource: arn:aws:ec2:us-east-1:123456789012:vpc/*", tagged.Get("Message"), StringComparison.Ordinal);
        Assert.Empty((await ec2.DoAsync("DescribeVpcs")).All("vpcId"));
    }

    [Fact]
    public async Task What_is_tagged_can_be_allowed_by_its_tag()
    {
        var mine = (await ec2.DoAsync("CreateVpc", "CidrBlock=10.0.0.0/16", "TagSpecification.1.ResourceType=vpc", "TagSpecification.1.Tag.1.Key=team", "TagSpecification.1.Tag.1.Value=a")).Get("vpcId");
        var other = await ec2.VpcAsync();
        var key = await ec2.UserAsync("ann", """{"Statement":{"Effect":"Allow","Action":"ec2:DeleteVpc","Resource":"*","Condition":{"StringEquals":{"aws:ResourceTag/team":"a"}}}}""");

        Assert.Equal(403, (await ec2.CallAsync(key, "DeleteVpc", $"VpcId={other}")).Status);
        Assert.Equal(200, (await ec2.CallAsync(key, "DeleteVpc", $"VpcId={mine}")).Status);
    }

    [Fact]
    public async Task Pages_hold_what_filters_let_pass()
    {
        for (var i = 0; i < 14; i++)
        {
            await ec2.VpcAsync(i % 2 == 0 ? "10.0.0.0/16" : "10.1.0.0/16");
        }

        string[] filter = ["Filter.1.Name=cidr", "Filter.1.Value.1=10.?.0.0/1*", "Filter.2.Name=cidr", "Filter.2.Value.1=10.0.*"];
        var first = await ec2.DoAsync("DescribeVpcs", [.. filter, "MaxResults=5"]);
        var second = await ec2.DoAsync("DescribeVpcs", [.. filter, "MaxResults=5", $"NextToken={first.Get("nextToken")}"]);

        Assert.Equal((5, 2), (first.All("vpcId").Count, second.All("vpcId").Count));
        Assert.Null(second.Find("nextToken"));
        Assert.Equal(7, first.All("vpcId").Concat(second.All("vpcId")).Distinct(StringComparer.Ordinal).Count());
        await ec2.RefusedAsync("DescribeVpcs", (400, "InvalidParameterValue", "Unable to parse pagination token"), $"NextToken={first.Get("nextToken")}");
    }
}
