using System.Globalization;
using System.Text.Json;

namespace Berth.Tests.Ecr;

public sealed class ImageListingTests : IAsyncLifetime
{
    private EcrHost ecr = null!;

    public async ValueTask InitializeAsync()
    {
        ecr = await EcrHost.StartAsync();
        await ecr.CreateRepositoryAsync("app");
    }

    public ValueTask DisposeAsync() => ecr.DisposeAsync();

    [Fact]
    public async Task An_image_is_described_with_what_its_manifest_says()
    {
        await ecr.PutAsync("app", "A", "v2");
        await ecr.PutAsync("app", "A", "v1");

        var reply = await ecr.CallAsync("DescribeImages", new { repositoryName = "app" });

        Assert.Equal(
            $"{{\"imageDetails\":[{{\"registryId\":\"123456789012\",\"repositoryName\":\"app\",\"imageDigest\":\"{EcrHost.DigestOf("A")}\","
            + $"\"imageTags\":[\"v1\",\"v2\"],\"imageSizeInBytes\":{EcrHost.Config.Length + EcrHost.Layer.Length},\"imagePushedAt\":1768478400,"
            + "\"imageManifestMediaType\":\"application/vnd.docker.distribution.manifest.v2+json\","
            + "\"artifactMediaType\":\"application/vnd.docker.container.image.v1+json\",\"imageStatus\":\"ACTIVE\"}]}",
            reply.Body);
    }

    [Theory]
    [InlineData(null, null, 3, 2)]
    [InlineData("ANY", "ANY", 3, 2)]
    [InlineData("TAGGED", "ACTIVE", 2, 1)]
    [InlineData("UNTAGGED", null, 1, 1)]
    [InlineData(null, "ARCHIVED", 0, 0)]
    [InlineData("TAGGED", "ACTIVATING", 0, 0)]
    public async Task Filters_choose_by_tags_and_by_status(string? tagStatus, string? imageStatus, int listed, int described)
    {
        await ecr.PutAsync("app", "A", "v1");
        await ecr.PutAsync("app", "A", "v2");
        await ecr.PutAsync("app", "B", tag: null);
        var request = new { repositoryName = "app", filter = new { tagStatus, imageStatus } };

        Assert.Equal(listed, (await ecr.DoAsync("ListImages", request)).GetProperty("imageIds").GetArrayLength());
        var details = (await ecr.DoAsync("DescribeImages", request)).GetProperty("imageDetails");
        Assert.Equal(described, details.GetArrayLength());
        Assert.All(
            details.EnumerateArray(),
            detail => Assert.Equal(detail.GetProperty("imageDigest").ValueEquals(EcrHost.DigestOf("A")), detail.TryGetProperty("imageTags", out _)));
    }

    [Theory]
    [InlineData("ListImages")]
    [InlineData("DescribeImages")]
    public async Task A_missing_repository_is_told_whatever_the_filter(string operation) =>
        await ecr.AssertRefusedAsync(
            operation, new { repositoryName = "nope", filter = new { imageStatus = "ARCHIVED" } },
            "RepositoryNotFoundException", "The repository with name 'nope' does not exist in the registry with id '123456789012'");

    [Theory]
    [InlineData("sha1:00ff", null, "imageDigest:'sha1:00ff', imageTag:'null'")]
    [InlineData(null, "nope", "imageDigest:'null', imageTag:'nope'")]
    [InlineData(null, null, "imageDigest:'null', imageTag:'null'")]
    public async Task One_missing_image_fails_the_whole_description(string? imageDigest, string? imageTag, string named)
    {
        await ecr.PutAsync("app", "A", "v1");

        await ecr.AssertRefusedAsync(
            "DescribeImages",
            new { repositoryName = "app", imageIds = new object[] { new { imageTag = "v1" }, new { imageDigest, imageTag } } },
            "ImageNotFoundException",
            $"The image with imageId {{{named}}} does not exist within the repository with name 'app' in the registry with id '123456789012'");
    }

    [Fact]
    public async Task An_image_named_twice_is_described_once()
    {
        await ecr.PutAsync("app", "A", "v1");
        var ids = new object[] { new { imageTag = "v1" }, new { imageDigest = EcrHost.DigestOf("A") } };

        var reply = await ecr.DoAsync("DescribeImages", new { repositoryName = "app", imageIds = ids });

        Assert.Equal(1, reply.GetProperty("imageDetails").GetArrayLength());
    }

    [Theory]
    [InlineData("ListImages", "imageIds")]
    [InlineData("DescribeImages", "imageDetails")]
    public async Task Pages_hold_every_image_once_while_others_come_and_go(string operation, string list)
    {
        for (var number = 0; number < 24; number++)
        {
            await ecr.PutAsync("app", Name("stays", number), number % 3 == 0 ? null : Name("stays", number));
            await ecr.PutAsync("app", Name("goes", number), Name("goes", number));
        }

        var seen = new List<string>();
        string? token = null;
        var page = 0;
        do
        {
            var reply = await ecr.DoAsync(operation, new { repositoryName = "app", maxResults = 5, nextToken = token });
            seen.AddRange(reply.GetProperty(list).EnumerateArray().Select(image => image.GetProperty("imageDigest").GetString()!));
            token = reply.TryGetProperty("nextToken", out var next) ? next.GetString() : null;

            await ecr.PutAsync("app", Name("comes", page), Name("comes", page));
            await DeleteAsync(Name("goes", page * 2), Name("goes", (page * 2) + 1));
            page++;
        }
        while (token is not null);

        Assert.Equal(seen.Count, seen.Distinct(StringComparer.Ordinal).Count());
        Assert.Empty(Enumerable.Range(0, 24).Select(number => EcrHost.DigestOf(Name("stays", number))).Except(seen, StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_page_may_end_between_the_tags_of_one_image()
    {
        for (var number = 0; number < 7; number++)
        {
            await ecr.PutAsync("app", "A", Name("v", number));
        }

        var first = await ecr.DoAsync("ListImages", new { repositoryName = "app", maxResults = 4 });
        var second = await ecr.DoAsync(
            "ListImages", new { repositoryName = "app", maxResults = 4, nextToken = first.GetProperty("nextToken").GetString() });

        Assert.Equal(["v000", "v001", "v002", "v003"], Tags(first), StringComparer.Ordinal);
        Assert.Equal(["v004", "v005", "v006"], Tags(second), StringComparer.Ordinal);
        Assert.False(second.TryGetProperty("nextToken", out _));
    }

    [Fact]
    public async Task A_token_is_good_for_its_own_question_only()
    {
        await ecr.CreateRepositoryAsync("other");
        await ecr.PutAsync("app", "A", "v1");
        await ecr.PutAsync("app", "B", "v2");
        var token = (await ecr.DoAsync("ListImages", new { repositoryName = "app", maxResults = 1 })).GetProperty("nextToken").GetString()!;

        await AssertForeignAsync("ListImages", new { repositoryName = "other", nextToken = token });
        await AssertForeignAsync("DescribeImages", new { repositoryName = "app", nextToken = token });
        await AssertForeignAsync("ListImages", new { repositoryName = "app", nextToken = token, filter = new { tagStatus = "TAGGED" } });
        await AssertForeignAsync("ListImages", new { repositoryName = "app", nextToken = token[..^1] });
        await AssertForeignAsync("ListImages", new { repositoryName = "app", nextToken = "" });
        await AssertForeignAsync("DescribeRepositories", new { nextToken = "not a token" });
        await ecr.DoAsync("ListImages", new { repositoryName = "app", nextToken = token, filter = new { tagStatus = "ANY" } });
    }

    private Task AssertForeignAsync(string operation, object request) => ecr.AssertRefusedAsync(
        operation, request,
        "InvalidParameterException", "Invalid parameter at 'nextToken' failed to satisfy constraint: 'Invalid token'");

    private Task DeleteAsync(params string[] tags) =>
        ecr.DoAsync("BatchDeleteImage", new { repositoryName = "app", imageIds = tags.Select(tag => new { imageTag = tag }) });

    private static IEnumerable<string?> Tags(JsonElement reply) =>
        reply.GetProperty("imageIds").EnumerateArray().Select(id => id.GetProperty("imageTag").GetString());

    private static string Name(string kind, int number) => string.Create(CultureInfo.InvariantCulture, $"{kind}{number:000}");
}
