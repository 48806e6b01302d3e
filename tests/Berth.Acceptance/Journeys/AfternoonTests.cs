using System.Text.Json;
using Berth.Acceptance.Clients;
using Berth.Acceptance.Images;
using Berth.Acceptance.Running;

namespace Berth.Acceptance.Journeys;

/// <summary>
/// An afternoon of somebody who keeps a registry tidy: a template, pushes that make a repository, a policy that is first looked at and then
/// seen to run, an image that goes into the archive and comes back; and all of it in the trail.
/// </summary>
[Collection(nameof(DockerEngine))]
public sealed class AfternoonTests(Server server, DockerEngine engine) : Journey(server), IClassFixture<Server>
{
    private const string Repository = "team/app";

    private const string Policy =
        """{"rules":[{"rulePriority":1,"description":"keep two","selection":{"tagStatus":"any","countType":"imageCountMoreThan","countNumber":2},"action":{"type":"expire"}}]}""";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // What the afternoon leaves in the trail, in the order of its steps.
    private static readonly string[] Steps =
    [
        "CreateRepositoryCreationTemplate", "GetAuthorizationToken", "InitiateLayerUpload", "UploadLayerPart", "CompleteLayerUpload", "PutImage",
        "StartLifecyclePolicyPreview", "GetLifecyclePolicyPreview", "PutLifecyclePolicy", "PolicyExecutionEvent", "GetLifecyclePolicy",
        "UpdateImageStorageClass", "ImageActivationEvent", "DescribeImages", "BatchGetImage", "GetDownloadUrlForLayer",
    ];

    private Docker Docker => field ??= new(Desk, Server, engine);

    [Fact]
    public async Task A_registry_is_kept_tidy_and_every_step_is_found_in_the_trail()
    {
        foreach (var tag in (string[])["v1", "v2", "v3"])
        {
            await PushAsync(tag);
        }

        Assert.Equal("IMMUTABLE", (await Aws.EcrAsync("describe-repositories")).GetProperty("repositories")[0].GetProperty("imageTagMutability").GetString());

        Assert.Equal("v1 EXPIRE", await PreviewAsync());
        await Aws.EcrAsync("put-lifecycle-policy", "--repository-name", Repository, "--lifecycle-policy-text", Policy);
        await UntilAsync(async () => await TagsAsync() is "v2 v3");
        var evaluated = (await Aws.EcrAsync("get-lifecycle-policy", "--repository-name", Repository)).GetProperty("lastEvaluatedAt");

        // Versions of the command line print moments as numbers or as texts; one that never ran was evaluated at the epoch.
        Assert.DoesNotMatch("^(0|\"1970)", evaluated.GetRawText());

        Assert.Equal("ARCHIVED", await StoreAsync("ARCHIVE"));
        Assert.Equal("v3", await TagsAsync());
        await Docker.ForgetImagesAsync();
        Assert.Contains("is archived", (await Docker.TryAsync("pull", Named($"{Repository}:v2"))).Refused(), StringComparison.Ordinal);

        Assert.Equal("ACTIVATING", await StoreAsync("STANDARD"));
        await UntilAsync(async () => await TagsAsync() is "v2 v3");
        await Docker.RunAsync("pull", Named($"{Repository}:v2"));

        foreach (var step in Steps)
        {
            await AssertFoundAsync(step);
        }
    }

    private protected override async Task ArriveAsync()
    {
        await Aws.EcrAsync(
            "create-repository-creation-template", "--prefix", "team", "--applied-for", "CREATE_ON_PUSH", "--image-tag-mutability", "IMMUTABLE");
        Assert.Contains("Login Succeeded", (await Docker.LoginAsync(await Aws.GetPasswordAsync())).Succeeded(), StringComparison.Ordinal);
    }

    public override async ValueTask DisposeAsync()
    {
        await Docker.ForgetImagesAsync();
        await base.DisposeAsync();
    }

    private async Task PushAsync(string tag)
    {
        var layer = Desk.Home.Path($"{tag}.tar.gz");
        await File.WriteAllBytesAsync(layer, SmallImage.Saying(tag).Layer);
        await Docker.RunAsync("import", layer, Named($"{Repository}:{tag}"));
        await Docker.RunAsync("push", Named($"{Repository}:{tag}"));
    }

    private async Task<string> PreviewAsync()
    {
        await Aws.EcrAsync("start-lifecycle-policy-preview", "--repository-name", Repository, "--lifecycle-policy-text", Policy);
        (await Aws.TryEcrAsync("wait", "lifecycle-policy-preview-complete", "--repository-name", Repository)).Succeeded();
        var results = (await Aws.EcrAsync("get-lifecycle-policy-preview", "--repository-name", Repository)).GetProperty("previewResults");
        return string.Join(", ", results.EnumerateArray().Select(one => $"{one.GetProperty("imageTags")[0]} {one.GetProperty("action").GetProperty("type")}"));
    }

    private async Task<string> TagsAsync() => string.Join(
        ' ',
        (await Aws.EcrAsync("describe-images", "--repository-name", Repository)).GetProperty("imageDetails").EnumerateArray()
            .Select(image => image.GetProperty("imageTags")[0].GetString()).Order(StringComparer.Ordinal));

    private async Task<string?> StoreAsync(string target) => (await Aws.EcrAsync(
        "update-image-storage-class", "--repository-name", Repository, "--image-id", "imageTag=v2", "--target-storage-class", target))
        .GetProperty("imageStatus").GetString();

    private async Task AssertFoundAsync(string step)
    {
        var events = (await Aws.RunAsync("cloudtrail", "lookup-events", "--lookup-attributes", $"AttributeKey=EventName,AttributeValue={step}"))
            .GetProperty("Events");

        Assert.True(events.GetArrayLength() > 0, $"{step} is not in the trail");
        Assert.Contains(events.EnumerateArray(), found => JsonElement.Parse(found.GetProperty("CloudTrailEvent").GetString()!).GetProperty("eventSource").GetString() is "ecr.amazonaws.com");
    }

    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        while (!await isSo())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, patience.Token);
        }
    }
}
