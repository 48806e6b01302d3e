namespace Berth.Tests.Ecr;

/// <summary>The four operations on creation templates.</summary>
public sealed class TemplateTests : IAsyncLifetime
{
    private static readonly string[] Push = ["CREATE_ON_PUSH"];
    private static readonly string[] PushAndReplication = ["CREATE_ON_PUSH", "REPLICATION"];
    private static readonly string[] Replication = ["REPLICATION"];
    private static readonly string[] Prefix = ["prod", "none"];

    private EcrHost host = null!;

    public async ValueTask InitializeAsync() => host = await EcrHost.StartAsync();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task A_template_is_answered_as_it_was_made()
    {
        var made = await host.DoAsync("CreateRepositoryCreationTemplate", new
        {
            prefix = "prod/",
            description = "images that run",
            resourceTags = new[] { new { Key = "stage", Value = "prod" } },
            imageTagMutability = "IMMUTABLE",
            repositoryPolicy = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"ecr:BatchGetImage"}]}""",
            appliedFor = PushAndReplication,
        });

        const string template =
            """{"prefix":"prod","description":"images that run","encryptionConfiguration":{"encryptionType":"AES256"},"resourceTags":[{"Key":"stage","Value":"prod"}],"imageTagMutability":"IMMUTABLE","repositoryPolicy":"{\n  \"Version\" : \"2012-10-17\",\n  \"Statement\" : [ {\n    \"Effect\" : \"Allow\",\n    \"Principal\" : \"*\",\n    \"Action\" : \"ecr:BatchGetImage\"\n  } ]\n}","appliedFor":["CREATE_ON_PUSH","REPLICATION"],"createdAt":1768478400,"updatedAt":1768478400}""";
        Assert.Equal($$"""{"registryId":"123456789012","repositoryCreationTemplate":{{template}}}""", made.GetRawText());
        Assert.Equal(
            $$"""{"registryId":"123456789012","repositoryCreationTemplates":[{{template}}]}""",
            (await host.DoAsync("DescribeRepositoryCreationTemplates", new { prefixes = Prefix })).GetRawText());
        Assert.Equal(made.GetRawText(), (await host.DoAsync("DeleteRepositoryCreationTemplate", new { prefix = "prod" })).GetRawText());
        Assert.Equal(
            """{"registryId":"123456789012","repositoryCreationTemplates":[]}""",
            (await host.DoAsync("DescribeRepositoryCreationTemplates", new { })).GetRawText());
    }

    [Fact]
    public async Task Templates_are_described_page_by_page()
    {
        foreach (var prefix in "cab")
        {
            await host.DoAsync("CreateRepositoryCreationTemplate", new { prefix = $"{prefix}", appliedFor = Replication });
        }

        var first = await host.DoAsync("DescribeRepositoryCreationTemplates", new { maxResults = 2 });
        var second = await host.DoAsync("DescribeRepositoryCreationTemplates", new { maxResults = 2, nextToken = first.GetProperty("nextToken").GetString() });

        Assert.Equal("a b", Prefixes(first));
        Assert.Equal("c", Prefixes(second));
        Assert.False(second.TryGetProperty("nextToken", out _));
    }

    [Fact]
    public async Task What_cannot_be_is_refused_in_ECRs_words()
    {
        await host.DoAsync("CreateRepositoryCreationTemplate", new { prefix = "a", appliedFor = Push });

        await host.AssertRefusedAsync(
            "CreateRepositoryCreationTemplate",
            new { prefix = "a/", appliedFor = Push },
            "TemplateAlreadyExistsException",
            "The repository creation template already exists. Specify a unique prefix and try again.");
        await host.AssertRefusedAsync(
            "UpdateRepositoryCreationTemplate",
            new { prefix = "b" },
            "TemplateNotFoundException",
            "The specified repository creation template can't be found. Verify the registry ID and prefix and try again.");
        await host.AssertRefusedAsync(
            "CreateRepositoryCreationTemplate",
            new { prefix = "b", appliedFor = Push, repositoryPolicy = "{}" },
            "InvalidParameterException",
            "Invalid parameter at 'PolicyText' failed to satisfy constraint: 'Invalid repository policy provided'");
        await host.AssertRefusedAsync(
            "CreateRepositoryCreationTemplate",
            new { prefix = "b", appliedFor = Push, customRoleArn = "arn:aws:iam::210987654321:role/maker" },
            "InvalidParameterException",
            "Invalid parameter at 'customRoleArn' failed to satisfy constraint: 'must be the ARN of a role of the registry's account'");
        Assert.Equal(400, (await host.CallAsync("CreateRepositoryCreationTemplate", new { prefix = "b", appliedFor = Array.Empty<string>() })).Status);
        Assert.Equal(400, (await host.CallAsync("CreateRepositoryCreationTemplate", new { prefix = "b", appliedFor = Push, lifecyclePolicy = "{}" })).Status);
        Assert.Equal("a", Prefixes(await host.DoAsync("DescribeRepositoryCreationTemplates", new { })));
    }

    private static string Prefixes(System.Text.Json.JsonElement page) => string.Join(
        ' ', page.GetProperty("repositoryCreationTemplates").EnumerateArray().Select(template => template.GetProperty("prefix").GetString()));
}
