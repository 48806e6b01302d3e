using System.Text.Json;
using Berth.Acceptance.Clients;
using Berth.Acceptance.Images;
using Berth.Acceptance.Running;

namespace Berth.Acceptance.Journeys;

/// <summary>Whatever client is denied shows why, at once and at whichever step it is.</summary>
[Collection(nameof(DockerEngine))]
public sealed class DenialTests(Server server, DockerEngine engine) : Journey(server), IClassFixture<Server>
{
    private Docker Docker => field ??= new(Desk, Server, engine);

    [Theory]
    [InlineData("InitiateLayerUpload")]
    [InlineData("UploadLayerPart")]
    [InlineData("CompleteLayerUpload")]
    [InlineData("PutImage")]
    public async Task Docker_shows_why_it_may_not_push(string action)
    {
        var image = await ImportAsync($"push-{action.ToLowerInvariant()}");
        await DenyAsync($"push-{action.ToLowerInvariant()}", action);

        var push = await Docker.TryAsync("push", image);

        AssertDenied(push, action);
        Assert.DoesNotContain("Retrying", push.Printed, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("BatchGetImage")]
    [InlineData("GetDownloadUrlForLayer")]
    public async Task Docker_shows_why_it_may_not_pull(string action)
    {
        var image = await ImportAsync($"pull-{action.ToLowerInvariant()}");
        await Docker.RunAsync("push", image);
        await Docker.ForgetImagesAsync();
        await DenyAsync($"pull-{action.ToLowerInvariant()}", action);

        AssertDenied(await Docker.TryAsync("pull", image), action);
    }

    [Fact]
    public async Task A_push_needs_no_permission_to_pull()
    {
        var image = await ImportAsync("push-only");
        await DenyAsync("push-only", "BatchGetImage");

        await Docker.RunAsync("push", image);
    }

    [Fact]
    public async Task Skopeo_and_crane_show_why_they_may_not_pull()
    {
        await Docker.RunAsync("push", await ImportAsync("others"));
        await DenyAsync("others", "BatchGetImage");

        AssertDenied(await Desk.TryAsync("skopeo", "inspect", "--tls-verify=false", $"docker://{Named("others:v1")}"), "BatchGetImage");
        AssertDenied(await new Crane(Desk, Server).TryAsync("digest", Named("others:v1")), "BatchGetImage");
    }

    private protected override async Task ArriveAsync()
    {
        (await Docker.LoginAsync(await Aws.GetPasswordAsync())).Succeeded();
    }

    public override async ValueTask DisposeAsync()
    {
        await Docker.ForgetImagesAsync();
        await base.DisposeAsync();
    }

    private async Task<string> ImportAsync(string repository)
    {
        await Aws.CreateRepositoryAsync(repository);
        var layer = Desk.Home.Path("layer.tar.gz");
        await File.WriteAllBytesAsync(layer, SmallImage.Saying(repository).Layer);
        await Docker.RunAsync("import", layer, Named($"{repository}:v1"));
        return Named($"{repository}:v1");
    }

    private Task<JsonElement> DenyAsync(string repository, string action) => Aws.EcrAsync(
        "set-repository-policy", "--repository-name", repository, "--policy-text", JsonSerializer.Serialize(new
        {
            Version = "2012-10-17",
            Statement = new { Effect = "Deny", Principal = "*", Action = $"ecr:{action}" },
        }));

    private static void AssertDenied(Outcome outcome, string action)
    {
        Assert.Contains($"User: arn:aws:iam::123456789012:root is not authorized to perform: ecr:{action} on resource: ", outcome.Refused(), StringComparison.Ordinal);
        Assert.Contains(" with an explicit deny in a resource-based policy", outcome.Printed, StringComparison.Ordinal);
    }
}
