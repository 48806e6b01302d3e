using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Berth.Tests.Oci;
using Berth.Vocabulary;

namespace Berth.Tests.Gate;

/// <summary>When an image was last pulled, over both wires and by whom it counts.</summary>
public sealed class PullTimeTests : IAsyncLifetime
{
    private static readonly byte[] Config = "{}"u8.ToArray();

    private GateHost host = null!;
    private byte[] image = [];

    private string ImageDigest => Digest.Sha256Of(image).ToString();

    public async ValueTask InitializeAsync()
    {
        host = await GateHost.StartAsync();
        await host.Root.DoAsync("CreateRepository", new { repositoryName = "app" });
        var config = Digest.Sha256Of(Config);
        await host.Root.SendAsync("POST", $"/v2/app/blobs/uploads/?digest={config}", Config);
        image = Manifests.Image((config, Config.Length), (config, Config.Length));
        await PutAsync(image, "v1");
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task An_image_that_nobody_pulled_has_no_time()
    {
        await host.Root.SendAsync("HEAD", "/v2/app/manifests/v1");
        await host.Root.DoAsync("ListImages", new { repositoryName = "app" });
        await host.Root.SendAsync("GET", "/v2/app/manifests/absent");

        Assert.Null(await PulledAtAsync(ImageDigest));
    }

    [Theory]
    [InlineData("v1")]
    [InlineData("digest")]
    public async Task A_manifest_that_is_fetched_is_a_pull(string reference)
    {
        var pulled = await host.Root.SendAsync("GET", $"/v2/app/manifests/{(reference is "digest" ? ImageDigest : reference)}");

        Assert.Equal(HttpStatusCode.OK, pulled.Status);
        Assert.Equal(1768478400, await PulledAtAsync(ImageDigest));
    }

    [Fact]
    public async Task A_manifest_that_ECRs_API_gives_is_a_pull()
    {
        await host.Root.DoAsync("BatchGetImage", new { repositoryName = "app", imageIds = new[] { new { imageTag = "v1" }, new { imageTag = "absent" } } });

        Assert.Equal(1768478400, await PulledAtAsync(ImageDigest));
    }

    [Fact]
    public async Task The_last_pull_counts()
    {
        await PullAsync(host.Root, "v1");
        await FlushAsync();
        host.Time.Advance(TimeSpan.FromHours(1));
        await PullAsync(host.Root, "v1");
        host.Time.Advance(TimeSpan.FromSeconds(2));
        await PullAsync(host.Root, "v1");

        Assert.Equal(1768478400 + 3602, await PulledAtAsync(ImageDigest));
    }

    [Fact]
    public async Task An_index_is_pulled_for_itself_and_its_image_when_that_is_fetched()
    {
        var index = Manifests.Index(image);
        await PutAsync(index, "all");
        await PullAsync(host.Root, "all");
        Assert.Equal((1768478400, null), (await PulledAtAsync(Digest.Sha256Of(index).ToString()), await PulledAtAsync(ImageDigest)));

        host.Time.Advance(TimeSpan.FromSeconds(1));
        await PullAsync(host.Root, ImageDigest);

        Assert.Equal((1768478400, 1768478401), (await PulledAtAsync(Digest.Sha256Of(index).ToString()), await PulledAtAsync(ImageDigest)));
    }

    [Fact]
    public async Task An_excluded_users_pulls_do_not_count_and_others_do()
    {
        var ann = await host.UserAsync("ann", Policies.AllowsEcr);
        var bob = await host.UserAsync("bob", Policies.AllowsEcr);
        await host.Root.DoAsync("RegisterPullTimeUpdateExclusion", new { principalArn = ann.Arn });

        await PullAsync(ann, "v1");
        await ann.DoAsync("BatchGetImage", new { repositoryName = "app", imageIds = new[] { new { imageTag = "v1" } } });
        Assert.Null(await PulledAtAsync(ImageDigest));

        await PullAsync(bob, "v1");
        Assert.Equal(1768478400, await PulledAtAsync(ImageDigest));
    }

    [Fact]
    public async Task An_exclusion_that_is_taken_back_counts_no_more()
    {
        var ann = await host.UserAsync("ann", Policies.AllowsEcr);
        await host.Root.DoAsync("RegisterPullTimeUpdateExclusion", new { principalArn = ann.Arn });
        await PullAsync(ann, "v1");

        await host.Root.DoAsync("DeregisterPullTimeUpdateExclusion", new { principalArn = ann.Arn });
        await PullAsync(ann, "v1");

        Assert.Equal(1768478400, await PulledAtAsync(ImageDigest));
    }

    [Theory]
    [InlineData("arn:aws:iam::123456789012:role/security/scanner", false)]
    [InlineData("arn:aws:iam::123456789012:role/scanner", true)]
    [InlineData("arn:aws:iam::123456789012:user/security/scanner", true)]
    public async Task A_session_is_excluded_by_the_ARN_of_its_role_with_the_roles_path(string excluded, bool counts)
    {
        var session = await host.RoleAsync("scanner", Policies.AllowsEcr);
        await MoveAsync(session.Caller.OwnerId, "arn:aws:iam::123456789012:role/security/scanner");
        await host.Root.DoAsync("RegisterPullTimeUpdateExclusion", new { principalArn = excluded });

        await PullAsync(session, "v1");

        Assert.Equal(counts ? 1768478400 : null, await PulledAtAsync(ImageDigest));
    }

    [Fact]
    public async Task An_exclusion_holds_in_its_Region_alone()
    {
        var ann = await host.UserAsync("ann", Policies.AllowsEcr);
        await ann.CallAsync("RegisterPullTimeUpdateExclusion", new { principalArn = ann.Arn }, region: "eu-central-1");

        await PullAsync(ann, "v1");

        Assert.Equal(1768478400, await PulledAtAsync(ImageDigest));
    }

    private static async Task PullAsync(Actor actor, string reference) =>
        Assert.Equal(HttpStatusCode.OK, (await actor.SendAsync("GET", $"/v2/app/manifests/{reference}")).Status);

    private Task<JsonElement> PutAsync(byte[] manifest, string tag) => host.Root.DoAsync(
        "PutImage", new { repositoryName = "app", imageManifest = Encoding.UTF8.GetString(manifest), imageTag = tag });

    private Task FlushAsync() => host.Berth.Server.Domain.PullTimes.FlushAsync();

    private async Task<long?> PulledAtAsync(string digest)
    {
        await FlushAsync();
        var described = await host.Root.DoAsync("DescribeImages", new { repositoryName = "app", imageIds = new[] { new { imageDigest = digest } } });
        return described.GetProperty("imageDetails")[0].TryGetProperty("lastRecordedPullTime", out var time)
            ? long.Parse(time.GetRawText(), CultureInfo.InvariantCulture)
            : null;
    }

    private Task MoveAsync(string id, string arn) => host.Berth.Server.Domain.Stores.Database.WriteAsync(
        async tx =>
        {
            await tx.ExecuteAsync("UPDATE iam_entity SET path = '/security/', arn = @arn WHERE id = @id", new { id, arn });
            host.Berth.Server.Domain.IdentityChanges.Follow(tx);
        },
        TestContext.Current.CancellationToken);
}
