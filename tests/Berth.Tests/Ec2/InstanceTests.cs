using System.Text;
using System.Text.Json;
using Berth.Tests.Aws;

namespace Berth.Tests.Ec2;

public sealed class InstanceTests : IAsyncLifetime
{
    private Ec2Host ec2 = null!;
    private string vpc = "";
    private string subnet = "";

    public async ValueTask InitializeAsync()
    {
        ec2 = await Ec2Host.StartAsync();
        vpc = await ec2.VpcAsync();
        subnet = await ec2.SubnetAsync(vpc);
        await ec2.ProfileAsync();
    }

    public ValueTask DisposeAsync() => ec2.DisposeAsync();

    [Fact]
    public async Task An_instance_has_a_place_in_its_subnet_and_runs_at_once()
    {
        var made = await RunAsync("TagSpecification.1.ResourceType=instance", "TagSpecification.1.Tag.1.Key=Name", "TagSpecification.1.Tag.1.Value=one");

        Assert.Equal(("running", "16", "10.0.1.4", vpc, subnet), (made.Get("name"), made.Get("code"), made.Get("privateIpAddress"), made.Get("vpcId"), made.Get("subnetId")));
        Assert.Equal("ip-10-0-1-4.ec2.internal", made.Get("privateDnsName"));
        Assert.Equal("02:00:0a:00:01:04", made.Get("macAddress"));
        Assert.Equal("default", made.Get("groupName") is { Length: > 0 } name ? name : made.All("groupName")[1]);
        var id = made.Get("instanceId");
        Assert.Equal([id], (await ec2.DoAsync("DescribeInstances", "Filter.1.Name=tag:Name", "Filter.1.Value.1=o*", "Filter.2.Name=instance-state-name", "Filter.2.Value.1=running")).All("instanceId").Distinct(StringComparer.Ordinal).ToArray());
        Assert.Equal("250", (await ec2.DoAsync("DescribeSubnets", $"SubnetId.1={subnet}")).Get("availableIpAddressCount"));
        Assert.Equal(id, (await ec2.DoAsync("DescribeIamInstanceProfileAssociations", "Filter.1.Name=instance-id", $"Filter.1.Value.1={id}")).Get("instanceId"));
        Assert.Equal("DependencyViolation", (await ec2.CallAsync("DeleteSubnet", $"SubnetId={subnet}")).Find("Code"));
    }

    [Fact]
    public async Task Its_operator_renews_its_secret_and_it_is_handed_its_role_and_its_user_data()
    {
        var data = Convert.ToBase64String(Encoding.UTF8.GetBytes("#!/bin/sh\necho é\n"));
        var id = (await RunAsync($"UserData={data}")).Get("instanceId");
        Assert.Equal(data, (await ec2.DoAsync("DescribeInstanceAttribute", $"InstanceId={id}", "Attribute=userData")).Get("value"));

        var first = await SecretAsync(id);
        var secret = await SecretAsync(id);

        Assert.Equal(401, (await ReadAsync(first, "instance-id")).Status);
        Assert.Equal(id, (await ReadAsync(secret, "meta-data/instance-id")).Body);
        Assert.Equal("ami-1", (await ReadAsync(secret, "meta-data/ami-id")).Body);
        Assert.Equal(vpc, (await ReadAsync(secret, "meta-data/network/interfaces/macs/02:00:0a:00:01:04/vpc-id")).Body);
        Assert.Equal("#!/bin/sh\necho é\n", (await ReadAsync(secret, "user-data")).Body);
        Assert.Contains("\"Code\": \"Success\"", (await ReadAsync(secret, "meta-data/iam/security-credentials/hosts")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_of_an_instance_tells_its_VPC()
    {
        await ec2.IamAsync(
            "PutRolePolicy",
            "RoleName=hosts",
            "PolicyName=p",
            """PolicyDocument={"Statement":{"Effect":"Allow","Action":"ec2:Describe*","Resource":"*","Condition":{"StringEquals":{"aws:Ec2InstanceSourceVpc":"HERE"}}}}"""
                .Replace("HERE", vpc, StringComparison.Ordinal));
        var secret = await SecretAsync((await RunAsync()).Get("instanceId"));
        var credentials = JsonElement.Parse((await ReadAsync(secret, "meta-data/iam/security-credentials/hosts")).Body);
        using var message = new HttpRequestMessage(HttpMethod.Post, new Uri(ec2.Berth.Url, "/"))
        {
            Content = new StringContent("Action=DescribeVpcs&Version=2016-11-15", new System.Net.Http.Headers.MediaTypeHeaderValue("application/x-www-form-urlencoded")),
        };
        message.Headers.Add("X-Amz-Security-Token", credentials.GetProperty("Token").GetString());
        new RequestSigner(credentials.GetProperty("AccessKeyId").GetString()!, credentials.GetProperty("SecretAccessKey").GetString()!, "ec2").Sign(message, ec2.Time.GetUtcNow());

        using var response = await ec2.Berth.Http.SendAsync(message, TestContext.Current.CancellationToken);

        Assert.Equal(200, (int)response.StatusCode);
    }

    [Fact]
    public async Task An_instance_that_is_terminated_is_no_machine_any_more_and_shown_for_an_hour()
    {
        var id = (await RunAsync()).Get("instanceId");
        var secret = await SecretAsync(id);

        var ended = await ec2.DoAsync("TerminateInstances", $"InstanceId.1={id}");

        Assert.Equal(["terminated", "running"], ended.All("name"));
        Assert.Equal(401, (await ReadAsync(secret, "meta-data/instance-id")).Status);
        Assert.Equal("terminated", (await ec2.DoAsync("DescribeInstances", $"InstanceId.1={id}")).Get("name"));
        await ec2.DoAsync("TerminateInstances", $"InstanceId.1={id}");
        await ec2.DoAsync("DeleteSubnet", $"SubnetId={subnet}");
        await ec2.DoAsync("DeleteVpc", $"VpcId={vpc}");
        ec2.Time.Advance(TimeSpan.FromHours(1));
        await ec2.RefusedAsync("TerminateInstances", (400, "InvalidInstanceID.NotFound", $"The instance ID '{id}' does not exist"), $"InstanceId.1={id}");
    }

    [Fact]
    public async Task A_client_token_starts_instances_once()
    {
        var first = await RunAsync("ClientToken=once", "MinCount=1", "MaxCount=2");
        var again = await RunAsync("ClientToken=once", "MinCount=1", "MaxCount=2");

        Assert.Equal(2, first.All("instanceId").Count);
        Assert.Equal(first.All("instanceId"), again.All("instanceId"));
        Assert.Equal("IdempotentParameterMismatch", (await ec2.CallAsync("RunInstances", Members("ClientToken=once", "InstanceType=t4g.large"))).Find("Code"));
    }

    [Fact]
    public async Task Who_may_not_pass_the_role_starts_nothing()
    {
        var key = await ec2.UserAsync("ann", """{"Statement":{"Effect":"Allow","Action":"ec2:*","Resource":"*"}}""");

        var refused = await ec2.CallAsync(key, "RunInstances", Members());

        Assert.Contains("is not authorized to perform: iam:PassRole on resource: arn:aws:iam::123456789012:role/hosts", refused.Get("Message"), StringComparison.Ordinal);
        Assert.Empty((await ec2.DoAsync("DescribeInstances")).All("instanceId"));
    }

    [Theory]
    [InlineData("VPCIdNotSpecified", "No default VPC for this user", "SubnetId=")]
    [InlineData("InvalidParameterValue", "Value (0) for parameter minCount is invalid.", "MinCount=0")]
    [InlineData("InvalidParameterValue", "Value (101) for parameter maxCount is invalid.", "MaxCount=101")]
    [InlineData("InvalidParameterValue", "Value (nobody) for parameter iamInstanceProfile.name is invalid. Invalid IAM Instance Profile name", "IamInstanceProfile.Name=nobody")]
    [InlineData("InvalidParameterValue", "Invalid BASE64 encoding of user data.", "UserData=###")]
    [InlineData("InvalidParameterValue", "Address 10.0.9.9 does not fall within the subnet's address range", "PrivateIpAddress=10.0.9.9")]
    [InlineData("InvalidGroup.NotFound", "The security group 'sg-00000000' does not exist", "SecurityGroupId.1=sg-00000000")]
    [InlineData("UnknownParameter", "The parameter BlockDeviceMapping.1.DeviceName is not recognized", "BlockDeviceMapping.1.DeviceName=/dev/sda1")]
    public async Task What_cannot_be_started_is_refused(string code, string message, string member) =>
        await ec2.RefusedAsync("RunInstances", (400, code, message), Members(member));

    [Fact]
    public async Task An_elastic_address_leads_to_an_instance()
    {
        var id = (await RunAsync()).Get("instanceId");
        var address = await ec2.DoAsync("AllocateAddress");
        string[] asked = [$"AllocationId={address.Get("allocationId")}", $"InstanceId={id}"];
        await ec2.RefusedAsync("AssociateAddress", (400, "Gateway.NotAttached", $"Network {vpc} is not attached to any internet gateway"), asked);
        var gateway = (await ec2.DoAsync("CreateInternetGateway")).Get("internetGatewayId");
        await ec2.DoAsync("AttachInternetGateway", $"InternetGatewayId={gateway}", $"VpcId={vpc}");

        var association = (await ec2.DoAsync("AssociateAddress", asked)).Get("associationId");

        Assert.Equal(address.Get("publicIp"), (await ec2.DoAsync("DescribeInstances")).Get("ipAddress"));
        Assert.Equal(id, (await ec2.DoAsync("DescribeAddresses", $"PublicIp.1={address.Get("publicIp")}")).Get("instanceId"));
        Assert.Equal("Resource.AlreadyAssociated", (await ec2.CallAsync("AssociateAddress", [.. asked, "AllowReassociation=false"])).Find("Code"));
        await ec2.DoAsync("DisassociateAddress", $"AssociationId={association}");
        await ec2.DoAsync("ReleaseAddress", $"AllocationId={address.Get("allocationId")}");
    }

    private Task<Ec2Reply> RunAsync(params string[] members) => ec2.DoAsync("RunInstances", Members(members));

    // The usual ones, unless others are given; an empty one is left out.
    private string[] Members(params string[] members) =>
    [
        .. new[] { "MinCount=1", "MaxCount=1", "ImageId=ami-1", "InstanceType=t4g.nano", $"SubnetId={subnet}", "IamInstanceProfile.Name=hosts" }
            .Concat(members)
            .GroupBy(member => member.Split('=')[0], StringComparer.Ordinal)
            .Select(group => group.Last())
            .Where(member => !member.EndsWith("SubnetId=", StringComparison.Ordinal)),
    ];

    private async Task<string> SecretAsync(string instance)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, new Uri(ec2.Berth.Url, "/")) { Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(new { instanceId = instance })) };
        message.Headers.Add("X-Amz-Target", "Berth_20261101.RenewMachineSecret");
        new RequestSigner(BerthHost.AccessKeyId, BerthHost.SecretAccessKey, "berth").Sign(message, ec2.Time.GetUtcNow());
        using var response = await ec2.Berth.Http.SendAsync(message, TestContext.Current.CancellationToken);
        return JsonElement.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).GetProperty("secret").GetString()!;
    }

    private async Task<(int Status, string Body)> ReadAsync(string secret, string item)
    {
        var (status, token) = await SendAsync(HttpMethod.Put, $"/machine/{secret}/latest/api/token", ("X-aws-ec2-metadata-token-ttl-seconds", "60"));
        return status == 200 ? await SendAsync(HttpMethod.Get, $"/machine/{secret}/latest/{item}", ("X-aws-ec2-metadata-token", token)) : (status, token);
    }

    private async Task<(int Status, string Body)> SendAsync(HttpMethod method, string path, (string Name, string Value) header)
    {
        using var request = new HttpRequestMessage(method, new Uri(ec2.Berth.Url, path));
        request.Headers.TryAddWithoutValidation(header.Name, header.Value);
        using var response = await ec2.Berth.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
