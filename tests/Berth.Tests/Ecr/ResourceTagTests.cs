namespace Berth.Tests.Ecr;

public sealed class ResourceTagTests : IAsyncLifetime
{
    private const string Arn = "arn:aws:ecr:us-east-1:123456789012:repository/app";

    private EcrHost ecr = null!;

    public async ValueTask InitializeAsync() => ecr = await EcrHost.StartAsync();

    public ValueTask DisposeAsync() => ecr.DisposeAsync();

    [Fact]
    public async Task Tags_are_merged_removed_and_listed()
    {
        await ecr.DoAsync("CreateRepository", new { repositoryName = "app", tags = new[] { Tag("team", "red"), Tag("env", "dev") } });

        var tagged = await ecr.CallAsync("TagResource", new { resourceArn = Arn, tags = new[] { Tag("env", "prod"), Tag("cost", "") } });
        var untagged = await ecr.CallAsync("UntagResource", new { resourceArn = Arn, tagKeys = EcrHost.Texts("team", "unknown") });

        Assert.Equal(("{}", "{}"), (tagged.Body, untagged.Body));
        Assert.Equal(
            "{\"tags\":[{\"Key\":\"cost\",\"Value\":\"\"},{\"Key\":\"env\",\"Value\":\"prod\"}]}",
            (await ecr.CallAsync("ListTagsForResource", new { resourceArn = Arn })).Body);
    }

    [Fact]
    public async Task A_tag_that_is_refused_leaves_no_repository_behind()
    {
        var refused = await ecr.CallAsync("CreateRepository", new { repositoryName = "app", tags = new[] { Tag("aws:mine", "x") } });

        Assert.Equal((400, "InvalidTagParameterException"), (refused.Status, refused.Code));
        await ecr.AssertRefusedAsync(
            "ListTagsForResource", new { resourceArn = Arn },
            "RepositoryNotFoundException", "The repository with name 'app' does not exist in the registry with id '123456789012'");
    }

    [Fact]
    public async Task Fifty_tags_are_the_most()
    {
        await ecr.DoAsync("CreateRepository", new { repositoryName = "app", tags = Enumerable.Range(0, 50).Select(number => Tag($"key{number}", "")) });

        await ecr.AssertRefusedAsync(
            "TagResource", new { resourceArn = Arn, tags = new[] { Tag("one more", "") } },
            "TooManyTagsException",
            "The repository with name 'app' in registry with id '123456789012' exceeds the maximum allowed number of tags which is '50'");
        await ecr.DoAsync("TagResource", new { resourceArn = Arn, tags = new[] { Tag("key0", "changed") } });
    }

    [Theory]
    [InlineData("app")]
    [InlineData("arn:aws:ecr:us-east-1:123456789012:repository")]
    [InlineData("arn:aws:ecr:us-east-1:123456789012:app")]
    [InlineData("arn:aws:s3:us-east-1:123456789012:repository/app")]
    [InlineData("arn:aws-cn:ecr:us-east-1:123456789012:repository/app")]
    [InlineData("arn:aws:ecr:us-east-1:1234:repository/app")]
    [InlineData("arn:aws:ecr::123456789012:repository/app")]
    [InlineData("arn:aws:ecr:us-east-1:123456789012:repository/App")]
    public async Task What_is_no_repositorys_ARN_is_refused(string arn)
    {
        const string Message = "Invalid parameter at 'resourceArn' failed to satisfy constraint: 'Invalid ARN'";

        await ecr.AssertRefusedAsync("ListTagsForResource", new { resourceArn = arn }, "InvalidParameterException", Message);
        await ecr.AssertRefusedAsync("TagResource", new { resourceArn = arn, tags = new[] { Tag("a", "b") } }, "InvalidParameterException", Message);
        await ecr.AssertRefusedAsync("UntagResource", new { resourceArn = arn, tagKeys = EcrHost.Texts("a") }, "InvalidParameterException", Message);
    }

    private static object Tag(string key, string value) => new { Key = key, Value = value };
}
