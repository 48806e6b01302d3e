using System.Text.Json;
using Berth.Acceptance.Clients;
using Berth.Acceptance.Images;
using Berth.Acceptance.Running;

namespace Berth.Acceptance.Journeys;

/// <summary>What an account sets by aws, and what clients then see of it.</summary>
public sealed class SettingTests(Server server) : Journey(server), IClassFixture<Server>
{
    private const string Mounted = "mounted blob";

    private Crane Crane => field ??= new(Desk, Server);

    private Skopeo Skopeo => field ??= new(Desk, Server);

    private protected override async Task ArriveAsync()
    {
        await Crane.LoginAsync(await Aws.GetPasswordAsync());
        (await Skopeo.LoginAsync(await Aws.GetPasswordAsync())).Succeeded();
    }

    [Fact]
    public async Task Layers_are_mounted_until_mounting_is_disabled_and_again_when_it_is_enabled()
    {
        Assert.Equal("ENABLED", Text(await Aws.EcrAsync("get-account-setting", "--name", "BLOB_MOUNTING"), "value"));
        await Aws.CreateRepositoryAsync("mount/from");
        await Crane.PushAsync(LayOut(SmallImage.OfSize(100_000, seed: 7)), Named("mount/from:v1"));

        Assert.Contains(Mounted, await CopyAsync("mount/unset"), StringComparison.Ordinal);

        var disabled = await Aws.EcrAsync("put-account-setting", "--name", "BLOB_MOUNTING", "--value", "DISABLED");
        Assert.Equal(("BLOB_MOUNTING", "DISABLED"), (Text(disabled, "name"), Text(disabled, "value")));
        Assert.DoesNotContain(Mounted, await CopyAsync("mount/disabled"), StringComparison.Ordinal);

        await Aws.EcrAsync("put-account-setting", "--name", "BLOB_MOUNTING", "--value", "ENABLED");
        Assert.Contains(Mounted, await CopyAsync("mount/enabled"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_value_that_a_setting_cannot_have_is_refused()
    {
        var refused = await Aws.TryEcrAsync("put-account-setting", "--name", "REGISTRY_POLICY_SCOPE", "--value", "V3");

        Assert.Contains("ValidationException", refused.Refused(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pull_is_recorded_over_a_stop_and_a_look_at_the_digest_is_none()
    {
        var image = SmallImage.Saying("pulled");
        await Aws.CreateRepositoryAsync("pulled");
        await Crane.PushAsync(LayOut(image), Named("pulled:v1"));
        Assert.Equal(image.Digest, await Crane.RunAsync("digest", Named("pulled:v1")));
        await RestartAsync();
        Assert.Null(await PulledAtAsync("pulled"));

        (await Skopeo.CopyAsync(Skopeo.Remote("pulled:v1"), $"oci:{Desk.Home.Path("back")}:v1")).Succeeded();
        await RestartAsync();

        Assert.NotNull(await PulledAtAsync("pulled"));
    }

    [Fact]
    public async Task Who_is_excluded_leaves_no_time()
    {
        await Aws.CreateRepositoryAsync("scanned");
        await Crane.PushAsync(LayOut(SmallImage.Saying("scanned")), Named("scanned:v1"));
        var user = (await Aws.RunAsync("iam", "create-user", "--user-name", "scanner", "--path", "/security/")).GetProperty("User");
        var arn = Text(user, "Arn")!;
        await Aws.RunAsync(
            "iam", "attach-user-policy", "--user-name", "scanner",
            "--policy-arn", "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryReadOnly");
        await Aws.EcrAsync("register-pull-time-update-exclusion", "--principal-arn", arn);
        Assert.Equal(
            arn, (await Aws.EcrAsync("list-pull-time-update-exclusions")).GetProperty("pullTimeUpdateExclusions")[0].GetString());
        var again = await Aws.TryEcrAsync("register-pull-time-update-exclusion", "--principal-arn", arn);
        Assert.Contains("ExclusionAlreadyExistsException", again.Refused(), StringComparison.Ordinal);
        var key = (await Aws.RunAsync("iam", "create-access-key", "--user-name", "scanner")).GetProperty("AccessKey");
        var root = Server.ReadRootKey();

        await PullAsync(Text(key, "AccessKeyId")!, Text(key, "SecretAccessKey")!);
        await RestartAsync();
        Assert.Null(await PulledAtAsync("scanned"));

        Aws.Take(root.Id, root.Secret);
        await Aws.EcrAsync("deregister-pull-time-update-exclusion", "--principal-arn", arn);
        await PullAsync(Text(key, "AccessKeyId")!, Text(key, "SecretAccessKey")!);
        await RestartAsync();
        Assert.NotNull(await PulledAtAsync("scanned"));
    }

    private async Task PullAsync(string id, string secret)
    {
        Aws.Take(id, secret);
        (await Skopeo.LoginAsync(await Aws.GetPasswordAsync())).Succeeded();
        (await Skopeo.CopyAsync(Skopeo.Remote("scanned:v1"), $"dir:{Desk.Home.Path(Path.GetRandomFileName())}")).Succeeded();
    }

    // crane says of each layer whether it was mounted or pushed.
    private async Task<string> CopyAsync(string target)
    {
        await Aws.CreateRepositoryAsync(target);
        var copy = await Crane.TryAsync("copy", Named("mount/from:v1"), Named($"{target}:v1"));
        copy.Succeeded();
        await Crane.RunAsync("validate", "--remote", Named($"{target}:v1"));
        return copy.Printed;
    }

    // What is noted of pulls is written at a stop.
    private async Task RestartAsync()
    {
        Assert.Equal(0, await Server.StopAsync());
        await Server.StartAsync();
    }

    private async Task<string?> PulledAtAsync(string repository)
    {
        var described = await Aws.EcrAsync("describe-images", "--repository-name", repository);
        return described.GetProperty("imageDetails")[0].TryGetProperty("lastRecordedPullTime", out var time) ? time.ToString() : null;
    }

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
