using System.Net;
using System.Text;
using Berth.Tests.Gate;
using Berth.Tests.Oci;
using Berth.Vocabulary;

namespace Berth.Tests.Ecr;

/// <summary>What an account sets for its registry, and that it holds from then on over both wires.</summary>
public sealed class AccountSettingTests : IAsyncLifetime
{
    private const string OtherRoot = """{"AWS":"arn:aws:iam::210987654321:root"}""";
    private const string Shared = "arn:aws:ecr:us-east-1:123456789012:repository/*";

    private static readonly byte[] Content = "a layer"u8.ToArray();
    private static readonly Digest ContentDigest = Digest.Sha256Of(Content);

    private GateHost host = null!;

    public async ValueTask InitializeAsync() => host = await GateHost.StartAsync();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Theory]
    [InlineData("BASIC_SCAN_TYPE_VERSION", "AWS_NATIVE")]
    [InlineData("REGISTRY_POLICY_SCOPE", "V2")]
    [InlineData("BLOB_MOUNTING", "ENABLED")]
    public async Task A_setting_that_nobody_changed_is_told_as_it_holds(string name, string value) =>
        Assert.Equal($$"""{"name":"{{name}}","value":"{{value}}"}""", (await host.Root.CallAsync("GetAccountSetting", new { name })).Body);

    [Fact]
    public async Task A_setting_that_was_changed_is_told_in_its_Region_alone()
    {
        var put = await host.Root.CallAsync("PutAccountSetting", new { name = "BLOB_MOUNTING", value = "DISABLED" });

        Assert.Equal("""{"name":"BLOB_MOUNTING","value":"DISABLED"}""", put.Body);
        Assert.Equal(put.Body, (await host.Root.CallAsync("GetAccountSetting", new { name = "BLOB_MOUNTING" })).Body);
        Assert.Equal(
            """{"name":"BLOB_MOUNTING","value":"ENABLED"}""",
            (await host.Root.CallAsync("GetAccountSetting", new { name = "BLOB_MOUNTING" }, region: "eu-central-1")).Body);
    }

    [Theory]
    [InlineData("IMAGE_SCANNING", "ON", "'IMAGE_SCANNING' is no account setting; there are BASIC_SCAN_TYPE_VERSION, REGISTRY_POLICY_SCOPE, BLOB_MOUNTING")]
    [InlineData("BASIC_SCAN_TYPE_VERSION", "CLAIR", "the account setting 'BASIC_SCAN_TYPE_VERSION' can be AWS_NATIVE")]
    [InlineData("REGISTRY_POLICY_SCOPE", "v1", "the account setting 'REGISTRY_POLICY_SCOPE' can be V2 or V1")]
    [InlineData("BLOB_MOUNTING", "", "the account setting 'BLOB_MOUNTING' can be ENABLED or DISABLED")]
    public async Task What_is_no_setting_or_no_value_of_it_is_refused(string name, string value, string message)
    {
        var refused = await host.Root.CallAsync("PutAccountSetting", new { name, value });

        Assert.Equal((HttpStatusCode.BadRequest, ("ValidationException", message)), (refused.Status, refused.Error));
    }

    [Fact]
    public async Task A_setting_of_no_known_name_cannot_be_asked_for() => Assert.Equal(
        ("ValidationException", "'CLAIR' is no account setting; there are BASIC_SCAN_TYPE_VERSION, REGISTRY_POLICY_SCOPE, BLOB_MOUNTING"),
        (await host.Root.CallAsync("GetAccountSetting", new { name = "CLAIR" })).Error);

    [Fact]
    public async Task A_policy_may_speak_of_one_setting()
    {
        var ann = await host.UserAsync("ann", """
            {"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"ecr:*AccountSetting","Resource":"*",
             "Condition":{"StringEquals":{"ecr:AccountSetting":"BLOB_MOUNTING"}}}}
            """);

        Assert.True((await ann.CallAsync("PutAccountSetting", new { name = "BLOB_MOUNTING", value = "ENABLED" })).IsAllowed);
        Assert.True((await ann.CallAsync("GetAccountSetting", new { name = "BLOB_MOUNTING" })).IsAllowed);
        Assert.False((await ann.CallAsync("PutAccountSetting", new { name = "REGISTRY_POLICY_SCOPE", value = "V1" })).IsAllowed);
        Assert.False((await ann.CallAsync("GetAccountSetting", new { name = "REGISTRY_POLICY_SCOPE" })).IsAllowed);
    }

    [Fact]
    public async Task In_the_older_scope_a_registrys_policy_decides_about_three_actions_only()
    {
        await host.Root.DoAsync("CreateRepository", new { repositoryName = "app" });
        await host.Root.DoAsync("PutRegistryPolicy", new { policyText = Policies.OfRegistry("Allow", OtherRoot, "ecr:*", Shared) });
        var ann = await host.UserAsync("ann", Policies.AllowsEcr, GateHost.Other);
        Assert.Equal((true, true), await MayListAsync(ann));

        await SetAsync("REGISTRY_POLICY_SCOPE", "V1");

        Assert.Equal((false, false), await MayListAsync(ann));
        var created = await ann.CallAsync("CreateRepository", new { registryId = GateHost.Own, repositoryName = "made" });
        Assert.True(created.Status is HttpStatusCode.OK, created.Body);
        await SetAsync("REGISTRY_POLICY_SCOPE", "V2");
        Assert.Equal((true, true), await MayListAsync(ann));
    }

    [Fact]
    public async Task In_the_older_scope_a_registrys_policy_forbids_nothing_else_either()
    {
        await host.Root.DoAsync("PutRegistryPolicy", new { policyText = Policies.OfRegistry("Deny", "\"*\"", "ecr:DescribeRegistry", "*") });
        Assert.False((await host.Root.CallAsync("DescribeRegistry", new { })).IsAllowed);

        await SetAsync("REGISTRY_POLICY_SCOPE", "V1");

        Assert.True((await host.Root.CallAsync("DescribeRegistry", new { })).IsAllowed);
    }

    [Fact]
    public async Task In_the_older_scope_a_registrys_policy_cannot_name_other_actions()
    {
        await SetAsync("REGISTRY_POLICY_SCOPE", "V1");

        var refused = await host.Root.CallAsync(
            "PutRegistryPolicy", new { policyText = Policies.OfRegistry("Allow", OtherRoot, "ecr:PutImage", Shared) });

        Assert.Equal(
            ("InvalidParameterException", "Invalid parameter at 'PolicyText' failed to satisfy constraint: 'Invalid registry policy provided'"),
            refused.Error);
        foreach (var action in EcrHost.Texts("ecr:ReplicateImage", "ecr:BatchImportUpstreamImage", "ecr:CreateRepository"))
        {
            await host.Root.DoAsync("PutRegistryPolicy", new { policyText = Policies.OfRegistry("Allow", OtherRoot, action, Shared) });
        }
    }

    [Theory]
    [InlineData(null, "&from=base", 201)]
    [InlineData(null, "", 201)]
    [InlineData("DISABLED", "&from=base", 202)]
    [InlineData("DISABLED", "", 202)]
    [InlineData("ENABLED", "&from=base", 202)]
    [InlineData("ENABLED", "", 202)]
    public async Task A_layer_that_no_image_refers_to_is_mounted_only_where_nothing_was_set(string? setting, string from, int status)
    {
        await CreateAsync("app", "base");
        await PushBlobAsync("base", Content);
        await SetAsync("BLOB_MOUNTING", setting);

        await AssertMountAsync(from, status);
    }

    [Theory]
    [InlineData(null, "&from=base", 201)]
    [InlineData(null, "", 201)]
    [InlineData("DISABLED", "&from=base", 202)]
    [InlineData("DISABLED", "", 202)]
    [InlineData("ENABLED", "&from=base", 201)]
    [InlineData("ENABLED", "", 202)]
    [InlineData("ENABLED", "&from=other", 202)]
    [InlineData("ENABLED", "&from=absent", 202)]
    public async Task A_layer_of_an_image_is_mounted_by_ECRs_rules_where_mounting_was_enabled(string? setting, string from, int status)
    {
        await CreateAsync("app", "base", "other");
        await PushImageAsync("base");
        await SetAsync("BLOB_MOUNTING", setting);

        await AssertMountAsync(from, status);
    }

    [Fact]
    public async Task What_was_mounted_stays_when_mounting_is_disabled()
    {
        await CreateAsync("app", "base");
        await PushImageAsync("base");
        await AssertMountAsync("&from=base", 201);

        await SetAsync("BLOB_MOUNTING", "DISABLED");

        Assert.Equal(HttpStatusCode.OK, (await host.Root.SendAsync("HEAD", $"/v2/app/blobs/{ContentDigest}")).Status);
        await AssertMountAsync("&from=base", 202);
    }

    private async Task AssertMountAsync(string from, int status)
    {
        var mount = await host.Root.SendAsync("POST", $"/v2/app/blobs/uploads/?mount={ContentDigest}{from}");

        Assert.True((int)mount.Status == status, $"{mount.Status}: {mount.Body}");
        var location = mount.Headers.Location!.AbsolutePath;
        Assert.StartsWith(status == 201 ? $"/v2/app/blobs/{ContentDigest}" : "/v2/app/blobs/uploads/", location, StringComparison.Ordinal);
    }

    private async Task SetAsync(string name, string? value)
    {
        if (value is not null)
        {
            await host.Root.DoAsync("PutAccountSetting", new { name, value });
        }
    }

    private async Task CreateAsync(params string[] names)
    {
        foreach (var name in names)
        {
            await host.Root.DoAsync("CreateRepository", new { repositoryName = name });
        }
    }

    private async Task<Digest> PushBlobAsync(string repository, byte[] content)
    {
        var digest = Digest.Sha256Of(content);
        var pushed = await host.Root.SendAsync("POST", $"/v2/{repository}/blobs/uploads/?digest={digest}", content);
        Assert.Equal(HttpStatusCode.Created, pushed.Status);
        return digest;
    }

    private async Task PushImageAsync(string repository)
    {
        var config = "{}"u8.ToArray();
        var manifest = Manifests.Image(
            (await PushBlobAsync(repository, config), config.Length), (await PushBlobAsync(repository, Content), Content.Length));
        await host.Root.DoAsync("PutImage", new { repositoryName = repository, imageManifest = Encoding.UTF8.GetString(manifest), imageTag = "v1" });
    }

    private static async Task<(bool Json, bool Oci)> MayListAsync(Actor actor) => (
        (await actor.CallAsync("ListImages", new { registryId = GateHost.Own, repositoryName = "app" })).IsAllowed,
        (await actor.SendAsync("GET", "/v2/app/tags/list")).IsAllowed);
}
