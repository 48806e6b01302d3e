using System.Net;
using System.Text;
using Berth.Tests.Ecr;
using Berth.Vocabulary;

namespace Berth.Tests.Gate;

/// <summary>
/// A repository of which one role may push only, another pull only, and nobody else do anything, though all may use ECR at large:
/// denies by exceptions, as ECR's tutorials have them.
/// </summary>
public sealed class TutorialTests : IAsyncLifetime
{
    private const string App = "arn:aws:ecr:us-east-1:123456789012:repository/app";
    private const string Policy = """
        {"Version":"2012-10-17","Statement":[
          {"Effect":"Deny","Principal":"*","NotAction":["ecr:BatchCheckLayerAvailability","ecr:CompleteLayerUpload","ecr:InitiateLayerUpload","ecr:PutImage","ecr:UploadLayerPart"],
           "Condition":{"ArnEquals":{"aws:PrincipalArn":"arn:aws:iam::123456789012:role/pusher"}}},
          {"Effect":"Deny","Principal":"*","NotAction":["ecr:BatchGetImage","ecr:GetDownloadUrlForLayer"],
           "Condition":{"ArnEquals":{"aws:PrincipalArn":"arn:aws:iam::123456789012:role/puller"}}},
          {"Effect":"Deny","Principal":"*","Action":"*",
           "Condition":{"ArnNotEquals":{"aws:PrincipalArn":["arn:aws:iam::123456789012:role/pusher","arn:aws:iam::123456789012:role/puller"]}}}]}
        """;

    private GateHost host = null!;
    private Actor pusher = null!;
    private Actor puller = null!;
    private Actor other = null!;

    public async ValueTask InitializeAsync()
    {
        host = await GateHost.StartAsync();
        pusher = await host.RoleAsync("pusher", Policies.AllowsEcr);
        puller = await host.RoleAsync("puller", Policies.AllowsEcr);
        other = await host.RoleAsync("other", Policies.AllowsEcr);
        await host.Root.DoAsync("CreateRepository", new { repositoryName = "app" });
        var set = await host.Root.CallAsync("SetRepositoryPolicy", new { repositoryName = "app", policyText = Policy });
        Assert.Equal(HttpStatusCode.OK, set.Status);
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task All_three_may_log_in()
    {
        foreach (var role in new[] { pusher, puller, other })
        {
            await role.DoAsync("GetAuthorizationToken", new { });
            Assert.Equal(HttpStatusCode.OK, (await role.SendAsync("GET", "/v2/")).Status);
        }
    }

    [Fact]
    public async Task One_pushes_and_does_not_pull()
    {
        await PushAsync();

        Assert.Equal(
            ("DENIED", $"User: arn:aws:sts::123456789012:assumed-role/pusher/work is not authorized to perform: ecr:BatchGetImage on resource: {App} with an explicit deny in a resource-based policy"),
            (await pusher.SendAsync("GET", "/v2/app/manifests/v1")).Error);
    }

    [Fact]
    public async Task One_pulls_and_does_not_push()
    {
        await PushAsync();

        Assert.Equal(EcrHost.Manifest("v1"), (await puller.SendAsync("GET", "/v2/app/manifests/v1")).Body);
        Assert.Equal("a layer", (await puller.SendAsync("GET", $"/v2/app/blobs/{Digest.Sha256Of(EcrHost.Layer)}")).Body);
        Assert.Equal(
            ("DENIED", $"User: arn:aws:sts::123456789012:assumed-role/puller/work is not authorized to perform: ecr:InitiateLayerUpload on resource: {App} with an explicit deny in a resource-based policy"),
            (await puller.SendAsync("POST", "/v2/app/blobs/uploads/")).Error);
    }

    [Theory]
    [InlineData("GET", "manifests/v1", "BatchGetImage")]
    [InlineData("POST", "blobs/uploads/", "InitiateLayerUpload")]
    public async Task The_third_does_neither(string method, string path, string action) => Assert.Equal(
        ("DENIED", $"User: arn:aws:sts::123456789012:assumed-role/other/work is not authorized to perform: ecr:{action} on resource: {App} with an explicit deny in a resource-based policy"),
        (await other.SendAsync(method, $"/v2/app/{path}")).Error);

    [Fact]
    public async Task Who_set_it_is_locked_out_also_of_taking_it_back() => Assert.Equal(
        ("AccessDeniedException", $"User: arn:aws:iam::123456789012:root is not authorized to perform: ecr:DeleteRepositoryPolicy on resource: {App} with an explicit deny in a resource-based policy"),
        (await host.Root.CallAsync("DeleteRepositoryPolicy", new { repositoryName = "app" })).Error);

    private async Task PushAsync()
    {
        foreach (var blob in new[] { EcrHost.Config, EcrHost.Layer })
        {
            var started = await pusher.SendAsync("POST", "/v2/app/blobs/uploads/");
            var session = started.Headers.Location!.PathAndQuery;
            Assert.Equal(HttpStatusCode.Accepted, (await pusher.SendAsync("PATCH", session, blob)).Status);
            Assert.Equal(HttpStatusCode.Created, (await pusher.SendAsync("PUT", $"{session}?digest={Digest.Sha256Of(blob)}")).Status);
            Assert.Equal(HttpStatusCode.OK, (await pusher.SendAsync("HEAD", $"/v2/app/blobs/{Digest.Sha256Of(blob)}")).Status);
        }

        var pushed = await pusher.SendAsync("PUT", "/v2/app/manifests/v1", Encoding.UTF8.GetBytes(EcrHost.Manifest("v1")));
        Assert.Equal(HttpStatusCode.Created, pushed.Status);
    }
}
