using System.Net;
using Berth.Tests.Ecr;
using Berth.Tests.Trail;
using Berth.Vocabulary;

namespace Berth.Tests.Gate.Doors;

/// <summary>What a VPC endpoint means to the requests that come through it.</summary>
public sealed class DoorTests : IAsyncLifetime
{
    private const string PullOnly =
        """
        {"Statement":{"Effect":"Allow","Principal":"*","Resource":"*",
          "Action":["ecr:BatchGetImage","ecr:GetDownloadUrlForLayer","ecr:GetAuthorizationToken","ecr:ListImages"]}}
        """;

    private const string NobodyDeletesApp =
        """
        {"Statement":[
          {"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"},
          {"Sid":"Keep","Effect":"Deny","Principal":"*","Action":"ecr:DeleteRepository","Resource":"arn:aws:ecr:us-east-1:123456789012:repository/app"}]}
        """;

    private static readonly (string Host, string Source) Api = (DoorHost.ApiName, DoorHost.Inside);
    private static readonly (string Host, string Source) Docker = (DoorHost.RegistryName, DoorHost.Inside);

    private DoorHost host = null!;
    private TestNetwork network = null!;

    public async ValueTask InitializeAsync()
    {
        host = await DoorHost.StartAsync();
        network = await host.VpcAsync();
        await host.Root.DoAsync("CreateRepository", new { repositoryName = "app" });
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task Through_a_pull_only_endpoint_images_are_pulled_and_nothing_else()
    {
        await host.DoorAsync(network, "ecr.api", PullOnly);
        await host.DoorAsync(network, "ecr.dkr", PullOnly);

        Assert.Equal(HttpStatusCode.OK, (await host.CallAsync(host.Root, Api, "GetAuthorizationToken", new { }))?.Status);
        Assert.Equal(HttpStatusCode.OK, (await host.DockerAsync(host.Root, Docker, "GET", "/v2/"))?.Status);
        Assert.Equal("MANIFEST_UNKNOWN", (await host.DockerAsync(host.Root, Docker, "GET", "/v2/app/manifests/v1"))?.Error.Code);

        var push = await host.DockerAsync(host.Root, Docker, "POST", "/v2/app/blobs/uploads/");
        Assert.Equal(
            (HttpStatusCode.Forbidden, ("DENIED", "User: arn:aws:iam::123456789012:root is not authorized to perform: ecr:InitiateLayerUpload on resource: "
                + "arn:aws:ecr:us-east-1:123456789012:repository/app because no VPC endpoint policy allows the ecr:InitiateLayerUpload action")),
            (push?.Status, push!.Error));
        var delete = await host.CallAsync(host.Root, Api, "DeleteRepository", new { repositoryName = "app" });
        Assert.Equal(
            (HttpStatusCode.BadRequest, ("AccessDeniedException", "User: arn:aws:iam::123456789012:root is not authorized to perform: ecr:DeleteRepository on resource: "
                + "arn:aws:ecr:us-east-1:123456789012:repository/app because no VPC endpoint policy allows the ecr:DeleteRepository action")),
            (delete?.Status, delete!.Error));
    }

    [Fact]
    public async Task A_deny_of_the_endpoint_names_itself_and_a_change_holds_at_once()
    {
        var endpoint = await host.DoorAsync(network, "ecr.api", NobodyDeletesApp);
        await host.Root.DoAsync("CreateRepository", new { repositoryName = "other" });

        Assert.Equal(HttpStatusCode.OK, (await host.CallAsync(host.Root, Api, "DeleteRepository", new { repositoryName = "other" }))?.Status);
        var kept = await host.CallAsync(host.Root, Api, "DeleteRepository", new { repositoryName = "app" });
        Assert.EndsWith("repository/app with an explicit deny in a VPC endpoint policy", kept?.Error.Text, StringComparison.Ordinal);

        await host.ChangeAsync(endpoint, new() { Policy = PullOnly });
        kept = await host.CallAsync(host.Root, Api, "DeleteRepository", new { repositoryName = "app" });
        Assert.EndsWith("because no VPC endpoint policy allows the ecr:DeleteRepository action", kept?.Error.Text, StringComparison.Ordinal);

        await host.ChangeAsync(endpoint, new() { ResetsPolicy = true });
        Assert.Equal(HttpStatusCode.OK, (await host.CallAsync(host.Root, Api, "DeleteRepository", new { repositoryName = "app" }))?.Status);
    }

    [Fact]
    public async Task A_policy_that_only_denies_blocks_everything()
    {
        await host.DoorAsync(network, "ecr.api", """{"Statement":{"Effect":"Deny","Principal":"*","Action":"ecr:DeleteRepository","Resource":"*"}}""");

        var token = await host.CallAsync(host.Root, Api, "GetAuthorizationToken", new { });

        Assert.Equal(
            "User: arn:aws:iam::123456789012:root is not authorized to perform: ecr:GetAuthorizationToken on resource: * "
            + "because no VPC endpoint policy allows the ecr:GetAuthorizationToken action",
            token?.Error.Text);
    }

    [Fact]
    public async Task An_endpoint_grants_nothing()
    {
        await host.DoorAsync(network, "ecr.api");
        var ann = await host.Gate.UserAsync("ann", policy: null);

        var denied = await host.CallAsync(ann, Api, "ListImages", new { repositoryName = "app" });

        Assert.EndsWith("because no identity-based policy allows the ecr:ListImages action", denied?.Error.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_repositorys_policy_tells_endpoints_apart()
    {
        await host.DoorAsync(network, "ecr.api");
        var dkr = await host.DoorAsync(network, "ecr.dkr");
        await host.Root.SetPolicyAsync("app", Policies.OfRepository(
            "Deny", "\"*\"", "ecr:ListImages", $$$"""{"StringNotEquals":{"aws:SourceVpce":"{{{dkr.Id}}}"}}"""));

        Assert.True((await host.DockerAsync(host.Root, Docker, "GET", "/v2/app/tags/list"))!.IsAllowed);
        Assert.False((await host.CallAsync(host.Root, Api, "ListImages", new { repositoryName = "app" }))!.IsAllowed);
        Assert.False((await host.CallAsync(host.Root, (DoorHost.ApiName, DoorHost.Outside), "ListImages", new { repositoryName = "app" }))!.IsAllowed);
    }

    [Theory]
    [InlineData("StringEquals", "aws:SourceVpc", "{vpc}")]
    [InlineData("ArnEquals", "aws:SourceVpcArn", "arn:aws:ec2:us-east-1:123456789012:vpc/{vpc}")]
    [InlineData("StringEquals", "aws:SourceVpce", "{vpce}")]
    [InlineData("IpAddress", "aws:VpcSourceIp", "10.0.1.0/24")]
    [InlineData("StringEquals", "aws:VpceAccount", "123456789012")]
    [InlineData("Null", "aws:VpceOrgID", "false")]
    [InlineData("Null", "aws:VpceOrgPaths", "false")]
    [InlineData("Null", "aws:SourceIp", "true")]
    public async Task A_request_through_an_endpoint_is_told_by(string test, string key, string value)
    {
        var endpoint = await host.DoorAsync(network, "ecr.api");
        value = value.Replace("{vpce}", endpoint.Id, StringComparison.Ordinal).Replace("{vpc}", network.Vpc.Id, StringComparison.Ordinal);
        var ann = await host.Gate.UserAsync("ann", Policies.OfIdentity("Allow", "ecr:*", condition: $$$"""{"{{{test}}}":{"{{{key}}}":"{{{value}}}"}}"""));

        Assert.True((await host.CallAsync(ann, Api, "ListImages", new { repositoryName = "app" }))!.IsAllowed);
        Assert.False((await host.CallAsync(ann, (DoorHost.ApiName, DoorHost.Outside), "ListImages", new { repositoryName = "app" }))!.IsAllowed);
    }

    [Fact]
    public async Task A_deny_of_all_other_addresses_denies_what_has_none()
    {
        await host.DoorAsync(network, "ecr.api");
        var ann = await host.Gate.UserAsync(
            "ann",
            """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"ecr:*","Resource":"*"},
              {"Effect":"Deny","Action":"*","Resource":"*","Condition":{"NotIpAddress":{"aws:SourceIp":["10.0.0.0/8","192.0.2.0/24"]}}}]}
            """);

        Assert.False((await host.CallAsync(ann, Api, "ListImages", new { repositoryName = "app" }))!.IsAllowed);
        Assert.True((await host.CallAsync(ann, (DoorHost.ApiName, DoorHost.Outside), "ListImages", new { repositoryName = "app" }))!.IsAllowed);
    }

    [Fact]
    public async Task An_endpoints_own_name_means_it_everywhere()
    {
        var endpoint = await host.DoorAsync(network, "ecr.dkr", PullOnly);
        var name = endpoint.DnsEntries[0].Name;

        Assert.Equal("NAME_UNKNOWN", (await host.DockerAsync(host.Root, (name, DoorHost.Inside), "GET", "/v2/nowhere/manifests/v1"))?.Error.Code);
        Assert.Equal("DENIED", (await host.DockerAsync(host.Root, ($"{endpoint.DnsEntries[1].Name}:5050", DoorHost.Inside), "POST", "/v2/app/blobs/uploads/"))?.Error.Code);
        Assert.Equal("DENIED", (await host.DockerAsync(host.Root, (name.Replace("amazonaws.com", "example", StringComparison.Ordinal), DoorHost.Inside), "POST", "/v2/app/blobs/uploads/"))?.Error.Code);
    }

    [Fact]
    public async Task The_registry_is_the_one_that_the_name_tells_else_that_of_the_endpoints_owner()
    {
        var theirs = await host.VpcAsync(GateHost.Other);
        var endpoint = await host.DoorAsync(theirs, "ecr.dkr");
        var bob = await host.Gate.UserAsync("bob", Policies.AllowsEcr, GateHost.Other);
        await bob.DoAsync("CreateRepository", new { repositoryName = "theirs" });
        var name = endpoint.DnsEntries[0].Name;

        Assert.Equal("MANIFEST_UNKNOWN", (await host.DockerAsync(bob, (name, DoorHost.Inside), "GET", "/v2/theirs/manifests/v1"))?.Error.Code);
        Assert.Contains(
            "arn:aws:ecr:us-east-1:123456789012:repository/theirs",
            (await host.DockerAsync(bob, ($"{GateHost.Own}.{name}", DoorHost.Inside), "GET", "/v2/theirs/manifests/v1"))?.Error.Text,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_endpoint_leads_to_its_own_service_in_its_own_Region()
    {
        var api = await host.DoorAsync(network, "ecr.api");
        var dkr = await host.DoorAsync(network, "ecr.dkr");
        (string, string) apiWay = (api.DnsEntries[0].Name, DoorHost.Inside), dkrWay = (dkr.DnsEntries[0].Name, DoorHost.Inside);

        var docker = await host.DockerAsync(host.Root, apiWay, "GET", "/v2/");
        Assert.Equal((HttpStatusCode.Forbidden, "DENIED"), (docker?.Status, docker?.Error.Code));
        Assert.EndsWith("goes through an endpoint for 'com.amazonaws.us-east-1.ecr.dkr'", docker?.Error.Text, StringComparison.Ordinal);

        var call = await host.CallAsync(host.Root, dkrWay, "ListImages", new { repositoryName = "app" });
        Assert.Equal((HttpStatusCode.BadRequest, "AccessDeniedException"), (call?.Status, call?.Error.Code));
        Assert.EndsWith("goes through an endpoint for 'com.amazonaws.us-east-1.ecr.api'", call?.Error.Text, StringComparison.Ordinal);

        var abroad = await host.CallAsync(host.Root, apiWay, "ListImages", new { repositoryName = "app" }, region: "eu-west-1");
        Assert.EndsWith("cross-region requests are not supported, and this one is for 'eu-west-1'", abroad?.Error.Text, StringComparison.Ordinal);

        var sts = await host.StsAsync(host.Root, apiWay);
        Assert.Equal(HttpStatusCode.Forbidden, sts?.Status);
        Assert.Contains("<Code>AccessDenied</Code>", sts?.Body, StringComparison.Ordinal);
        Assert.Contains("does not lead to &apos;sts&apos;".Replace("&apos;", "'", StringComparison.Ordinal), sts?.Body, StringComparison.Ordinal);
        Assert.Equal("AccessDeniedException", (await host.CallAsync(host.Root, apiWay, "ListQuotas", new { }, service: "berth"))?.Error.Code);
        Assert.Equal(HttpStatusCode.Forbidden, (await host.DockerAsync(host.Root, apiWay, "GET", "/latest/meta-data/"))?.Status);
    }

    [Theory]
    [InlineData("10.0.2.9")]
    [InlineData(DoorHost.Outside)]
    public async Task Whom_no_security_group_admits_gets_no_answer(string source)
    {
        var endpoint = await host.DoorAsync(network, "ecr.api");

        Assert.Null(await host.CallAsync(host.Root, (endpoint.DnsEntries[0].Name, source), "DescribeRegistry", new { }));
        Assert.Contains(
            $"Closed a connection from {source}: no security group of {endpoint.Id} admits it to port 443", host.Gate.Berth.Log.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rule_that_goes_takes_its_sources_with_it_at_once()
    {
        await host.DoorAsync(network, "ecr.api");
        Assert.NotNull(await host.CallAsync(host.Root, Api, "DescribeRegistry", new { }));

        await host.DeleteAsync(network.Rule);

        Assert.Null(await host.CallAsync(host.Root, Api, "DescribeRegistry", new { }));
    }

    [Fact]
    public async Task An_endpoint_that_is_gone_gives_no_answer_and_its_names_are_free_again()
    {
        var endpoint = await host.DoorAsync(network, "ecr.api", PullOnly);
        await host.Gate.Berth.Server.Domain.Networks.Endpoints.DeleteAsync(endpoint.Home, [endpoint.Id], TestContext.Current.CancellationToken);

        Assert.Null(await host.CallAsync(host.Root, (endpoint.DnsEntries[0].Name, DoorHost.Inside), "DescribeRegistry", new { }));
        Assert.Equal(HttpStatusCode.OK, (await host.CallAsync(host.Root, Api, "DescribeRepositories", new { }))?.Status);
    }

    [Fact]
    public async Task The_trail_tells_the_endpoint()
    {
        var endpoint = await host.DoorAsync(network, "ecr.api");
        await host.CallAsync(host.Root, Api, "ListImages", new { repositoryName = "app" });

        var record = await host.Gate.RecordAsync("ListImages");

        Assert.Equal(
            (endpoint.Id, GateHost.Own, DoorHost.Inside),
            (record.GetProperty("vpcEndpointId").GetString(), record.GetProperty("vpcEndpointAccountId").GetString(), record.GetProperty("sourceIPAddress").GetString()));
        Assert.False((await host.Gate.RecordAsync("CreateRepository")).TryGetProperty("vpcEndpointId", out _));
    }

    [Fact]
    public async Task Layers_are_downloaded_through_the_gateway_of_their_network()
    {
        var url = await LayerUrlAsync();
        await host.DoorAsync(network, "s3", """
            {"Statement":{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::prod-us-east-1-starport-layer-bucket/*",
              "Condition":{"IpAddress":{"aws:VpcSourceIp":"10.0.1.0/25"}}}}
            """);

        Assert.Equal("a layer", (await host.DownloadAsync(url, DoorHost.Inside))?.Body);
        Assert.Equal("a layer", (await host.DownloadAsync(url, DoorHost.Outside))?.Body);
        var denied = await host.DownloadAsync(url, "10.0.1.200");
        Assert.Equal(HttpStatusCode.Forbidden, denied?.Status);
        Assert.StartsWith("<?xml version=\"1.0\" encoding=\"utf-8\"?><Error><Code>AccessDenied</Code>", denied?.Body, StringComparison.Ordinal);
        Assert.Contains("because no VPC endpoint policy allows the s3:GetObject action", denied?.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_registry_may_be_reached_through_endpoints_only()
    {
        var url = await LayerUrlAsync();
        await host.DoorAsync(network, "ecr.api");
        await host.DoorAsync(network, "ecr.dkr");
        Assert.Equal("""{"accountId":"123456789012","required":true}""", (await host.Root.BerthAsync("SetEndpointRequirement", new { required = true })).Body);

        var denied = await host.Root.CallAsync("ListImages", new { repositoryName = "app" });
        Assert.Equal(
            ("AccessDeniedException", "User: arn:aws:iam::123456789012:root is not authorized to perform: ecr:ListImages on resource: "
                + "arn:aws:ecr:us-east-1:123456789012:repository/app because the registries of account 123456789012 are reached through VPC endpoints only"),
            denied.Error);
        Assert.Equal("DENIED", (await host.Root.SendAsync("GET", "/v2/app/tags/list")).Error.Code);
        Assert.Equal("DENIED", (await host.Root.SendAsync("GET", "/v2/")).Error.Code);
        Assert.False((await host.Root.CallAsync("GetAuthorizationToken", new { })).IsAllowed);
        Assert.Equal(HttpStatusCode.Forbidden, (await host.DownloadAsync(url, DoorHost.Inside))?.Status);

        Assert.Equal(HttpStatusCode.OK, (await host.CallAsync(host.Root, Api, "ListImages", new { repositoryName = "app" }))?.Status);
        Assert.Equal(HttpStatusCode.OK, (await host.DockerAsync(host.Root, Docker, "GET", "/v2/app/tags/list"))?.Status);
        await host.DoorAsync(network, "s3");
        Assert.Equal("a layer", (await host.DownloadAsync(url, DoorHost.Inside))?.Body);
        var bob = await host.Gate.UserAsync("bob", Policies.AllowsEcr, GateHost.Other);
        Assert.True((await bob.CallAsync("CreateRepository", new { repositoryName = "theirs" })).IsAllowed);

        await host.Root.BerthAsync("SetEndpointRequirement", new { required = false });
        Assert.True((await host.Root.CallAsync("ListImages", new { repositoryName = "app" })).IsAllowed);
    }

    [Fact]
    public async Task A_deployment_may_be_reached_through_endpoints_only()
    {
        await using var closed = await DoorHost.StartAsync(options => options with { DoorsOnly = true });

        Assert.False((await closed.Root.CallAsync("DescribeRepositories", new { })).IsAllowed);
        Assert.Equal(
            """{"accountId":"123456789012","required":false,"requiredForAll":true}""", (await closed.Root.BerthAsync("GetEndpointRequirement", new { })).Body);
        await closed.DoorAsync(await closed.VpcAsync(), "ecr.api");
        Assert.True((await closed.CallAsync(closed.Root, Api, "DescribeRepositories", new { }))!.IsAllowed);
    }

    [Fact]
    public async Task Only_the_managing_account_sets_it_for_others()
    {
        var bob = await host.Gate.UserAsync("bob", Policies.OfIdentity("Allow", "berth:*"), GateHost.Other);

        Assert.Equal(HttpStatusCode.OK, (await host.Root.BerthAsync("SetEndpointRequirement", new { accountId = GateHost.Other, required = true })).Status);
        Assert.Equal(HttpStatusCode.OK, (await bob.BerthAsync("SetEndpointRequirement", new { required = false })).Status);
        Assert.Equal("AccessDeniedException", (await bob.BerthAsync("SetEndpointRequirement", new { accountId = GateHost.Own, required = true })).Error.Code);
    }

    [Fact]
    public async Task Name_servers_are_told_all_names()
    {
        var (api, s3) = (await host.DoorAsync(network, "ecr.api"), await host.DoorAsync(network, "s3"));

        var listed = (await host.Root.BerthAsync("ListEndpointNames", new { })).Body;

        Assert.Contains(
            $$"""
            {"vpcEndpointId":"{{api.Id}}","serviceName":"com.amazonaws.us-east-1.ecr.api","vpcId":"{{network.Vpc.Id}}","region":"us-east-1","dnsNames":["{{api.Id}}-{{api.Suffix}}.api.ecr.us-east-1.vpce.amazonaws.com","{{api.Id}}-{{api.Suffix}}-us-east-1a.api.ecr.us-east-1.vpce.amazonaws.com"],"privateDnsNames":["api.ecr.us-east-1.amazonaws.com"],"addresses":[]}
            """,
            listed,
            StringComparison.Ordinal);
        Assert.Contains(s3.Id, listed, StringComparison.Ordinal);
        Assert.Contains("\"privateDnsNames\":[\"prod-us-east-1-starport-layer-bucket.s3.us-east-1.amazonaws.com\"]", listed, StringComparison.Ordinal);
        Assert.Equal(
            """{"registries":[{"accountId":"123456789012","region":"us-east-1","host":"123456789012.dkr.ecr.us-east-1.localhost"}]}""", (await host.Root.BerthAsync("ListRegistryNames", new { })).Body);
    }

    private async Task<Uri> LayerUrlAsync()
    {
        foreach (var content in new[] { EcrHost.Layer, EcrHost.Config })
        {
            var upload = (await host.Root.DoAsync("InitiateLayerUpload", new { repositoryName = "app" })).GetProperty("uploadId").GetString()!;
            await host.Root.DoAsync("UploadLayerPart", EcrHost.Part("app", upload, 0, content));
            await host.Root.DoAsync(
                "CompleteLayerUpload", new { repositoryName = "app", uploadId = upload, layerDigests = new[] { Digest.Sha256Of(content).ToString() } });
        }

        await host.Root.DoAsync("PutImage", new { repositoryName = "app", imageManifest = EcrHost.Manifest("A"), imageTag = "v1" });
        var answer = await host.Root.DoAsync(
            "GetDownloadUrlForLayer", new { repositoryName = "app", layerDigest = Digest.Sha256Of(EcrHost.Layer).ToString() });
        return new(answer.GetProperty("downloadUrl").GetString()!);
    }
}
