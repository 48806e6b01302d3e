using System.Text.Json;

namespace Berth.Tests.Ecr;

/// <summary>Previews of lifecycle policies and runs of them, as clients see them.</summary>
public sealed class LifecyclePreviewTests : IAsyncLifetime
{
    private const string KeepNewest =
        """{"rules": [{"rulePriority": 1, "selection": {"tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": 1}, "action": {"type": "expire"}}]}""";

    private const string ArchiveOld =
        """{"rules": [{"rulePriority": 1, "selection": {"tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": 1}, "action": {"type": "transition", "targetStorageClass": "archive"}}]}""";

    private EcrHost ecr = null!;

    public async ValueTask InitializeAsync()
    {
        ecr = await EcrHost.StartAsync();
        await ecr.CreateRepositoryAsync("app");
    }

    public ValueTask DisposeAsync() => ecr.DisposeAsync();

    [Fact]
    public async Task A_preview_says_what_would_go_and_leaves_it()
    {
        await ecr.PutAsync("app", "old", "v1");
        ecr.Time.Advance(TimeSpan.FromDays(1));
        await ecr.PutAsync("app", "young", "v2");

        var started = await ecr.DoAsync("StartLifecyclePolicyPreview", new { repositoryName = "app", lifecyclePolicyText = KeepNewest });

        Assert.Equal(("IN_PROGRESS", KeepNewest), (started.GetProperty("status").GetString(), started.GetProperty("lifecyclePolicyText").GetString()));
        var preview = await CompleteAsync(new { repositoryName = "app" });
        Assert.Equal(
            $$$"""[{"imageTags":["v1"],"imageDigest":"{{{EcrHost.DigestOf("old")}}}","imagePushedAt":1768478400,"action":{"type":"EXPIRE"},"appliedRulePriority":1,"storageClass":"STANDARD"}]""",
            preview.GetProperty("previewResults").GetRawText());
        Assert.Equal("""{"expiringImageTotalCount":1}""", preview.GetProperty("summary").GetRawText());
        Assert.Equal(2, (await ecr.DoAsync("ListImages", new { repositoryName = "app" })).GetProperty("imageIds").GetArrayLength());
    }

    [Fact]
    public async Task A_preview_comes_in_pages_and_by_filter_and_by_name()
    {
        await ecr.PutAsync("app", "one", "v1");
        await ecr.PutAsync("app", "two", tag: null);
        ecr.Time.Advance(TimeSpan.FromDays(1));
        await ecr.PutAsync("app", "three", "v3");
        await ecr.DoAsync("StartLifecyclePolicyPreview", new { repositoryName = "app", lifecyclePolicyText = ArchiveOld });

        var first = await CompleteAsync(new { repositoryName = "app", maxResults = 1 });
        var second = await ecr.DoAsync(
            "GetLifecyclePolicyPreview", new { repositoryName = "app", maxResults = 1, nextToken = first.GetProperty("nextToken").GetString() });

        Assert.Equal(
            new[] { EcrHost.DigestOf("one"), EcrHost.DigestOf("two") }.Order(StringComparer.Ordinal),
            new[] { first, second }.SelectMany(Digests),
            StringComparer.Ordinal);
        Assert.False(second.TryGetProperty("nextToken", out _));
        Assert.Equal(
            """{"expiringImageTotalCount":0,"transitioningImageTotalCounts":[{"targetStorageClass":"ARCHIVE","imageTotalCount":2}]}""",
            first.GetProperty("summary").GetRawText());
        Assert.Equal([EcrHost.DigestOf("two")], Digests(await CompleteAsync(new { repositoryName = "app", filter = new { tagStatus = "UNTAGGED" } })), StringComparer.Ordinal);
        Assert.Equal(
            [EcrHost.DigestOf("one")],
            Digests(await CompleteAsync(new { repositoryName = "app", imageIds = new[] { new { imageTag = "v1" }, new { imageTag = "v3" } } })),
            StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_preview_ends_after_a_day()
    {
        await ecr.DoAsync("StartLifecyclePolicyPreview", new { repositoryName = "app", lifecyclePolicyText = KeepNewest });
        await CompleteAsync(new { repositoryName = "app" });

        ecr.Time.Advance(TimeSpan.FromHours(24));

        var preview = await ecr.DoAsync("GetLifecyclePolicyPreview", new { repositoryName = "app" });
        Assert.Equal("EXPIRED", preview.GetProperty("status").GetString());
        Assert.Equal(0, preview.GetProperty("previewResults").GetArrayLength());
    }

    [Fact]
    public async Task A_preview_that_is_being_made_keeps_another_from_being_started()
    {
        // Nobody makes it, so that it goes on for as long as the test looks.
        await ecr.Berth.Server.Domain.Stores.Database.WriteAsync(
            tx => tx.ExecuteAsync(
                """
                INSERT INTO lifecycle_plan (id, repository_id, purpose, status, document, made_at)
                SELECT 'slow', id, 'preview', 'IN_PROGRESS', @KeepNewest, @now FROM repository WHERE name = 'app'
                """,
                new { KeepNewest, now = ecr.Time.GetUtcNow().ToUnixTimeMilliseconds() }),
            TestContext.Current.CancellationToken);

        await ecr.AssertRefusedAsync(
            "StartLifecyclePolicyPreview", new { repositoryName = "app", lifecyclePolicyText = ArchiveOld }, "LifecyclePolicyPreviewInProgressException",
            "Lifecycle policy preview is in progress for the repository with name 'app' in the registry with id '123456789012'");
        var preview = await ecr.DoAsync("GetLifecyclePolicyPreview", new { repositoryName = "app" });
        Assert.Equal(("IN_PROGRESS", KeepNewest), (preview.GetProperty("status").GetString(), preview.GetProperty("lifecyclePolicyText").GetString()));

        // Its maker is taken to have died.
        ecr.Time.Advance(TimeSpan.FromHours(1));
        await ecr.DoAsync("StartLifecyclePolicyPreview", new { repositoryName = "app", lifecyclePolicyText = ArchiveOld });
        await CompleteAsync(new { repositoryName = "app" });
    }

    [Fact]
    public async Task Without_a_preview_or_a_policy_ECR_says_so()
    {
        await ecr.AssertRefusedAsync(
            "GetLifecyclePolicyPreview", new { repositoryName = "app" }, "LifecyclePolicyPreviewNotFoundException",
            "Lifecycle policy preview does not exist for the repository with name 'app' in the registry with id '123456789012'");
        await ecr.AssertRefusedAsync(
            "StartLifecyclePolicyPreview", new { repositoryName = "app" }, "LifecyclePolicyNotFoundException",
            "Lifecycle policy does not exist for the repository with name 'app' in the registry with id '123456789012'");
    }

    [Fact]
    public async Task A_policy_that_is_set_runs_soon_and_says_when()
    {
        await ecr.PutAsync("app", "old", "v1");
        ecr.Time.Advance(TimeSpan.FromDays(1));
        await ecr.PutAsync("app", "young", "v2");

        await ecr.DoAsync("PutLifecyclePolicy", new { repositoryName = "app", lifecyclePolicyText = KeepNewest });

        var policy = await UntilAsync(
            () => ecr.DoAsync("GetLifecyclePolicy", new { repositoryName = "app" }), answer => answer.GetProperty("lastEvaluatedAt").GetDouble() > 0);
        Assert.Equal(ecr.Time.GetUtcNow().ToUnixTimeSeconds(), policy.GetProperty("lastEvaluatedAt").GetDouble());
        var left = Assert.Single((await ecr.DoAsync("ListImages", new { repositoryName = "app" })).GetProperty("imageIds").EnumerateArray());
        Assert.Equal(EcrHost.DigestOf("young"), left.GetProperty("imageDigest").GetString());
    }

    private static IEnumerable<string?> Digests(JsonElement preview) =>
        preview.GetProperty("previewResults").EnumerateArray().Select(result => result.GetProperty("imageDigest").GetString());

    private Task<JsonElement> CompleteAsync(object request) => UntilAsync(
        () => ecr.DoAsync("GetLifecyclePolicyPreview", request), answer => answer.GetProperty("status").ValueEquals("COMPLETE"));

    // The jobs run beside; what they end with is waited for, not how long they take.
    private static async Task<JsonElement> UntilAsync(Func<Task<JsonElement>> ask, Func<JsonElement, bool> isDone)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            var answer = await ask();
            if (isDone(answer))
            {
                return answer;
            }

            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
