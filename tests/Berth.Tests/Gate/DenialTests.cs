using System.Net;
using System.Text.Json;
using Berth.Tests.Ecr;

namespace Berth.Tests.Gate;

/// <summary>Every request asks for its own action on its own resource, and a denial names both.</summary>
public sealed class DenialTests : IAsyncLifetime
{
    private const string Digest = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    private const string Upload = "6cb64b8a-9378-0e33-2ab1-b780fab8a9e9";
    private const string App = "arn:aws:ecr:us-east-1:123456789012:repository/app";
    private const string Every = "arn:aws:ecr:us-east-1:123456789012:repository/*";
    private const string Shape = """{"repositoryName":"app","registryId":"123456789012"}""";

    private GateHost host = null!;

    public async ValueTask InitializeAsync() => host = await GateHost.StartAsync();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    public static TheoryData<string, object, string> Operations => new()
    {
        { "GetAuthorizationToken", new { }, "*" },
        { "DescribeRegistry", new { }, "*" },
        { "PutRegistryPolicy", new { policyText = "{}" }, "*" },
        { "GetRegistryPolicy", new { }, "*" },
        { "DeleteRegistryPolicy", new { }, "*" },
        { "CreateRepository", OnApp, App },
        { "DescribeRepositories", new { }, Every },
        { "DescribeRepositories", new { repositoryNames = EcrHost.Texts("app") }, App },
        { "DeleteRepository", OnApp, App },
        { "PutImageTagMutability", new { repositoryName = "app", imageTagMutability = "MUTABLE" }, App },
        { "PutImageScanningConfiguration", new { repositoryName = "app", imageScanningConfiguration = new { } }, App },
        { "SetRepositoryPolicy", new { repositoryName = "app", policyText = "{}" }, App },
        { "GetRepositoryPolicy", OnApp, App },
        { "DeleteRepositoryPolicy", OnApp, App },
        { "TagResource", new { resourceArn = App, tags = Array.Empty<object>() }, App },
        { "UntagResource", new { resourceArn = App, tagKeys = Array.Empty<string>() }, App },
        { "ListTagsForResource", new { resourceArn = App }, App },
        { "ListImages", OnApp, App },
        { "DescribeImages", OnApp, App },
        { "BatchGetImage", new { repositoryName = "app", registryId = GateHost.Own, imageIds = new[] { new { imageTag = "v1" } } }, App },
        { "PutImage", new { repositoryName = "app", imageManifest = "{}" }, App },
        { "BatchDeleteImage", new { repositoryName = "app", imageIds = new[] { new { imageTag = "v1" } } }, App },
        { "BatchCheckLayerAvailability", new { repositoryName = "app", layerDigests = new[] { Digest } }, App },
        { "InitiateLayerUpload", OnApp, App },
        { "UploadLayerPart", new { repositoryName = "app", uploadId = Upload, partFirstByte = 0, partLastByte = 0, layerPartBlob = "eA==" }, App },
        { "CompleteLayerUpload", new { repositoryName = "app", uploadId = Upload, layerDigests = new[] { Digest } }, App },
        { "GetDownloadUrlForLayer", new { repositoryName = "app", layerDigest = Digest }, App },
    };

    public static TheoryData<string, string, string, string> Endpoints => new()
    {
        { "GET", "app/manifests/v1", "BatchGetImage", App },
        { "PUT", "app/manifests/v1", "PutImage", App },
        { "DELETE", "app/manifests/v1", "BatchDeleteImage", App },
        { "GET", $"app/blobs/{Digest}", "GetDownloadUrlForLayer", App },
        { "DELETE", $"app/blobs/{Digest}", "BatchDeleteImage", App },
        { "POST", "app/blobs/uploads/", "InitiateLayerUpload", App },
        { "POST", $"app/blobs/uploads/?mount={Digest}&from=other", "InitiateLayerUpload", App },
        { "GET", $"app/blobs/uploads/{Upload}", "UploadLayerPart", App },
        { "PATCH", $"app/blobs/uploads/{Upload}", "UploadLayerPart", App },
        { "PUT", $"app/blobs/uploads/{Upload}?digest={Digest}", "CompleteLayerUpload", App },
        { "DELETE", $"app/blobs/uploads/{Upload}", "UploadLayerPart", App },
        { "GET", "app/tags/list", "ListImages", App },
        { "GET", $"app/referrers/{Digest}", "BatchGetImage", App },
        { "GET", "_catalog", "DescribeRepositories", Every },
    };

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task An_operation_is_denied_by_its_name_and_resource(string operation, object request, string resource)
    {
        var ann = await host.UserAsync("ann", policy: null);

        var denied = await ann.CallAsync(operation, request);

        Assert.Equal(
            (HttpStatusCode.BadRequest,
                $$"""{"__type":"AccessDeniedException","Message":"User: arn:aws:iam::123456789012:user/ann is not authorized to perform: ecr:{{operation}} on resource: {{resource}} because no identity-based policy allows the ecr:{{operation}} action"}"""),
            (denied.Status, denied.Body));
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task An_operation_is_let_through_by_its_own_action_alone(string operation, object request, string resource)
    {
        var ann = await host.UserAsync("ann", Policies.OfIdentity("Allow", $"ecr:{operation}", resource));

        var answer = await ann.CallAsync(operation, request);

        Assert.True(answer.IsAllowed, answer.Body);
    }

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task A_request_of_the_OCI_wire_is_denied_by_its_action_and_resource(string method, string path, string action, string resource)
    {
        var ann = await host.UserAsync("ann", policy: null);

        var denied = await ann.SendAsync(method, $"/v2/{path}", method is "PUT" or "PATCH" ? "x"u8.ToArray() : null);

        Assert.Equal(
            (HttpStatusCode.Forbidden,
                $$"""{"errors":[{"code":"DENIED","message":"User: arn:aws:iam::123456789012:user/ann is not authorized to perform: ecr:{{action}} on resource: {{resource}} because no identity-based policy allows the ecr:{{action}} action"}]}""" + "\n"),
            (denied.Status, denied.Body));
        Assert.Empty(denied.Headers.WwwAuthenticate);
    }

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task A_request_of_the_OCI_wire_is_let_through_by_its_own_action_alone(string method, string path, string action, string resource)
    {
        var ann = await host.UserAsync("ann", Policies.OfIdentity("Allow", $"ecr:{action}", resource));

        var answer = await ann.SendAsync(method, $"/v2/{path}");

        Assert.True(answer.IsAllowed, answer.Body);
    }

    [Theory]
    [InlineData("app/manifests/v1", "BatchGetImage")]
    [InlineData($"app/blobs/{Digest}", "BatchCheckLayerAvailability")]
    public async Task What_only_asks_is_denied_too_and_says_why_in_a_warning(string path, string action)
    {
        var ann = await host.UserAsync("ann", policy: null);

        var denied = await ann.SendAsync("HEAD", $"/v2/{path}");

        Assert.Equal((HttpStatusCode.Forbidden, ""), (denied.Status, denied.Body));
        Assert.Equal(
            $"299 - \"User: arn:aws:iam::123456789012:user/ann is not authorized to perform: ecr:{action} on resource: {App} because no identity-based policy allows the ecr:{action} action\"",
            denied.Headers.GetValues("Warning").Single());
    }

    [Fact]
    public async Task Tags_of_a_new_repository_are_a_permission_of_their_own()
    {
        var request = new { repositoryName = "app", tags = new[] { new { Key = "team", Value = "red" } } };
        var ann = await host.UserAsync("ann", Policies.OfIdentity("Allow", "ecr:CreateRepository"));

        var denied = await ann.CallAsync("CreateRepository", request);

        Assert.Equal(
            ("AccessDeniedException", $"User: {ann.Arn} is not authorized to perform: ecr:TagResource on resource: {App} because no identity-based policy allows the ecr:TagResource action"),
            denied.Error);
    }

    [Fact]
    public async Task A_layer_is_mounted_from_where_its_reader_may_read_only()
    {
        await host.Root.DoAsync("CreateRepository", new { repositoryName = "from" });
        await host.Root.DoAsync("CreateRepository", new { repositoryName = "app" });
        await PushEmptyLayerAsync("from");
        var ann = await host.UserAsync("ann", Policies.OfIdentity("Allow", "ecr:*", App));
        var bob = await host.UserAsync("bob", Policies.OfIdentity("Allow", "ecr:*", Every));

        var withFrom = await ann.SendAsync("POST", $"/v2/app/blobs/uploads/?mount={Digest}&from=from");
        var without = await ann.SendAsync("POST", $"/v2/app/blobs/uploads/?mount={Digest}");
        var mounted = await bob.SendAsync("POST", $"/v2/app/blobs/uploads/?mount={Digest}&from=from");

        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.Accepted, HttpStatusCode.Created), (withFrom.Status, without.Status, mounted.Status));
        Assert.DoesNotContain("Denied", host.Berth.Log.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_log_names_the_statements_that_denied_and_no_secret()
    {
        await host.Root.DoAsync("CreateRepository", new { repositoryName = "app" });
        await host.Root.SetPolicyAsync("app", Policies.OfRepository("Deny", "\"*\"", "ecr:ListImages"));
        var ann = await host.RoleAsync("ann", Policies.AllowsEcr);

        await ann.CallAsync("ListImages", OnApp);
        await ann.SendAsync("GET", "/v2/app/tags/list");

        var lines = host.Berth.Log.ToString().Split('\n').Where(line => line.Contains("Denied", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, lines.Count);
        Assert.All(lines, line => Assert.EndsWith(
            $"Denied arn:aws:sts::123456789012:assumed-role/ann/work ecr:ListImages on {App}: with an explicit deny in a resource-based policy: Resource policy 1, statement 1 (Only)",
            line.TrimEnd(), StringComparison.Ordinal));
        Assert.DoesNotContain(ann.Secret, host.Berth.Log.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(ann.Token!, host.Berth.Log.ToString(), StringComparison.Ordinal);
    }

    private static object OnApp => JsonElement.Parse(Shape);

    private async Task PushEmptyLayerAsync(string repository)
    {
        var pushed = await host.Root.SendAsync("POST", $"/v2/{repository}/blobs/uploads/?digest={Digest}", []);
        Assert.Equal(HttpStatusCode.Created, pushed.Status);
    }
}
