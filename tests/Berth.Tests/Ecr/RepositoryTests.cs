using System.Globalization;

namespace Berth.Tests.Ecr;

public sealed class RepositoryTests : IAsyncLifetime
{
    private EcrHost ecr = null!;

    public async ValueTask InitializeAsync() => ecr = await EcrHost.StartAsync();

    public ValueTask DisposeAsync() => ecr.DisposeAsync();

    [Fact]
    public async Task A_repository_is_made_with_ECRs_defaults()
    {
        var reply = await ecr.CallAsync("CreateRepository", new { repositoryName = "team/app" });

        Assert.Equal(
            "{\"repository\":{\"repositoryArn\":\"arn:aws:ecr:us-east-1:123456789012:repository/team/app\",\"registryId\":\"123456789012\","
            + $"\"repositoryName\":\"team/app\",\"repositoryUri\":\"{ecr.PublicHost}/team/app\",\"createdAt\":1768478400,"
            + "\"imageTagMutability\":\"MUTABLE\",\"imageScanningConfiguration\":{\"scanOnPush\":false},"
            + "\"encryptionConfiguration\":{\"encryptionType\":\"AES256\"}}}",
            reply.Body);
    }

    [Fact]
    public async Task Every_setting_is_kept_and_described()
    {
        await ecr.DoAsync("CreateRepository", new
        {
            repositoryName = "app",
            imageTagMutability = "IMMUTABLE_WITH_EXCLUSION",
            imageTagMutabilityExclusionFilters = new[] { new { filterType = "WILDCARD", filter = "latest*" } },
            imageScanningConfiguration = new { scanOnPush = true },
            encryptionConfiguration = new { encryptionType = "AES256" },
        });

        var described = (await ecr.DoAsync("DescribeRepositories", new { repositoryNames = EcrHost.Texts("app") })).GetProperty("repositories")[0];

        Assert.Equal("IMMUTABLE_WITH_EXCLUSION", described.GetProperty("imageTagMutability").GetString());
        Assert.Equal(
            "[{\"filterType\":\"WILDCARD\",\"filter\":\"latest*\"}]",
            described.GetProperty("imageTagMutabilityExclusionFilters").GetRawText());
        Assert.Equal("{\"scanOnPush\":true}", described.GetProperty("imageScanningConfiguration").GetRawText());
    }

    [Fact]
    public async Task Scanning_on_push_is_switched_and_described()
    {
        await ecr.DoAsync("CreateRepository", new { repositoryName = "app" });

        var reply = await ecr.CallAsync(
            "PutImageScanningConfiguration", new { repositoryName = "app", imageScanningConfiguration = new { scanOnPush = true } });

        Assert.Equal(
            "{\"registryId\":\"123456789012\",\"repositoryName\":\"app\",\"imageScanningConfiguration\":{\"scanOnPush\":true}}", reply.Body);
        var described = (await ecr.DoAsync("DescribeRepositories", new { repositoryNames = EcrHost.Texts("app") })).GetProperty("repositories")[0];
        Assert.True(described.GetProperty("imageScanningConfiguration").GetProperty("scanOnPush").GetBoolean());
        await ecr.AssertRefusedAsync(
            "PutImageScanningConfiguration", new { repositoryName = "none", imageScanningConfiguration = new { scanOnPush = true } },
            "RepositoryNotFoundException", "The repository with name 'none' does not exist in the registry with id '123456789012'");
    }

    [Fact]
    public async Task A_name_is_taken_once()
    {
        await ecr.DoAsync("CreateRepository", new { repositoryName = "app" });

        await ecr.AssertRefusedAsync(
            "CreateRepository", new { repositoryName = "app" },
            "RepositoryAlreadyExistsException", "The repository with name 'app' already exists in the registry with id '123456789012'");
    }

    [Fact]
    public async Task A_name_of_other_characters_is_refused_in_ECRs_words() =>
        await ecr.AssertRefusedAsync(
            "CreateRepository", new { repositoryName = "Bad_Name!" },
            "InvalidParameterException",
            "Invalid parameter at 'repositoryName' failed to satisfy constraint: 'must satisfy regular expression "
            + @"'[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*''");

    [Theory]
    [InlineData("KMS", null, "alias/aws/ecr")]
    [InlineData("KMS_DSSE", "alias/mine", "alias/mine")]
    public async Task A_customer_key_that_is_not_there_is_refused(string type, string? key, string named)
    {
        var reply = await ecr.CallAsync(
            "CreateRepository", new { repositoryName = "app", encryptionConfiguration = new { encryptionType = type, kmsKey = key } });

        Assert.Equal((400, "KmsException"), (reply.Status, reply.Code));
        Assert.Equal("NotFoundException", reply.Json.GetProperty("kmsError").GetString());
        Assert.Contains($"'{named}'", reply.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_beside_the_services_own_is_refused() =>
        await ecr.AssertRefusedAsync(
            "CreateRepository",
            new { repositoryName = "app", encryptionConfiguration = new { encryptionType = "AES256", kmsKey = "alias/mine" } },
            "InvalidParameterException",
            "Invalid parameter at 'encryptionConfiguration' failed to satisfy constraint: 'kmsKey must be null when encryptionType is set as AES256'");

    [Theory]
    [InlineData("IMMUTABLE_WITH_EXCLUSION", null, "ImageTagMutabilityExclusionFilters can't be null when imageTagMutability is set as IMMUTABLE_WITH_EXCLUSION")]
    [InlineData("MUTABLE", "v*", "ImageTagMutabilityExclusionFilters must be null when imageTagMutability is set as MUTABLE")]
    [InlineData("MUTABLE_WITH_EXCLUSION", "*a*b*", "the filter '*a*b*' has more than 2 wildcards")]
    public async Task Filters_must_fit_the_setting(string mutability, string? filter, string rule)
    {
        await ecr.DoAsync("CreateRepository", new { repositoryName = "app" });
        var filters = filter is null ? null : new[] { new { filterType = "WILDCARD", filter } };
        var message = $"Invalid parameter at 'imageTagMutabilityExclusionFilters' failed to satisfy constraint: '{rule}'";

        await ecr.AssertRefusedAsync(
            "CreateRepository",
            new { repositoryName = "other", imageTagMutability = mutability, imageTagMutabilityExclusionFilters = filters },
            "InvalidParameterException", message);
        await ecr.AssertRefusedAsync(
            "PutImageTagMutability",
            new { repositoryName = "app", imageTagMutability = mutability, imageTagMutabilityExclusionFilters = filters },
            "InvalidParameterException", message);
    }

    [Fact]
    public async Task Tag_mutability_is_changed_and_answered()
    {
        await ecr.DoAsync("CreateRepository", new { repositoryName = "app" });

        var excepting = await ecr.CallAsync("PutImageTagMutability", new
        {
            repositoryName = "app",
            imageTagMutability = "MUTABLE_WITH_EXCLUSION",
            imageTagMutabilityExclusionFilters = new[] { new { filterType = "WILDCARD", filter = "v*" } },
        });
        var plain = await ecr.CallAsync("PutImageTagMutability", new { repositoryName = "app", imageTagMutability = "IMMUTABLE" });

        Assert.Equal(
            "{\"registryId\":\"123456789012\",\"repositoryName\":\"app\",\"imageTagMutability\":\"MUTABLE_WITH_EXCLUSION\","
            + "\"imageTagMutabilityExclusionFilters\":[{\"filterType\":\"WILDCARD\",\"filter\":\"v*\"}]}",
            excepting.Body);
        Assert.Equal("{\"registryId\":\"123456789012\",\"repositoryName\":\"app\",\"imageTagMutability\":\"IMMUTABLE\"}", plain.Body);
    }

    [Fact]
    public async Task An_unknown_setting_is_told_the_known_ones() =>
        await ecr.AssertRefusedAsync(
            "PutImageTagMutability", new { repositoryName = "app", imageTagMutability = "SOLID" },
            "InvalidParameterException",
            "Invalid parameter at 'imageTagMutability' failed to satisfy constraint: 'Member must satisfy enum value set: "
            + "[IMMUTABLE, MUTABLE, MUTABLE_WITH_EXCLUSION, IMMUTABLE_WITH_EXCLUSION]'");

    [Fact]
    public async Task One_unknown_name_fails_the_whole_description()
    {
        await ecr.DoAsync("CreateRepository", new { repositoryName = "app" });

        await ecr.AssertRefusedAsync(
            "DescribeRepositories", new { repositoryNames = EcrHost.Texts("app", "nope", "neither") },
            "RepositoryNotFoundException", "The repository with name 'nope' does not exist in the registry with id '123456789012'");
    }

    [Fact]
    public async Task Names_and_pages_exclude_each_other()
    {
        await ecr.AssertRefusedAsync(
            "DescribeRepositories", new { repositoryNames = EcrHost.Texts("app"), maxResults = 5 },
            "InvalidParameterException",
            "Invalid parameter at 'maxResults' failed to satisfy constraint: 'must be null when repositoryNames is set'");
        await ecr.AssertRefusedAsync(
            "DescribeImages", new { repositoryName = "app", imageIds = new[] { new { imageTag = "v1" } }, nextToken = "x" },
            "InvalidParameterException",
            "Invalid parameter at 'nextToken' failed to satisfy constraint: 'must be null when imageIds is set'");
    }

    [Fact]
    public async Task A_page_has_a_hundred_repositories_and_never_more_than_asked_for()
    {
        for (var number = 0; number < 101; number++)
        {
            await ecr.Berth.CreateRepositoryAsync(string.Create(CultureInfo.InvariantCulture, $"app{number:000}"));
        }

        var first = await ecr.DoAsync("DescribeRepositories", new { });
        var second = await ecr.DoAsync("DescribeRepositories", new { nextToken = first.GetProperty("nextToken").GetString() });
        var whole = await ecr.DoAsync("DescribeRepositories", new { maxResults = 101 });

        Assert.Equal(100, first.GetProperty("repositories").GetArrayLength());
        Assert.Equal("app100", Assert.Single(second.GetProperty("repositories").EnumerateArray()).GetProperty("repositoryName").GetString());
        Assert.False(second.TryGetProperty("nextToken", out _));
        Assert.Equal(101, whole.GetProperty("repositories").GetArrayLength());
        Assert.False(whole.TryGetProperty("nextToken", out _));
        await ecr.AssertRefusedAsync(
            "DescribeRepositories", new { maxResults = 1001 },
            "InvalidParameterException",
            "Invalid parameter at 'maxResults' failed to satisfy constraint: 'Member must have value less than or equal to 1000'");
    }

    [Fact]
    public async Task A_repository_with_images_is_deleted_only_by_force()
    {
        await ecr.CreateRepositoryAsync("app");
        await ecr.PutAsync("app", "A", "v1");

        await ecr.AssertRefusedAsync(
            "DeleteRepository", new { repositoryName = "app" },
            "RepositoryNotEmptyException",
            "The repository with name 'app' in registry with id '123456789012' cannot be deleted because it still contains images");
        var deleted = await ecr.DoAsync("DeleteRepository", new { repositoryName = "app", force = true });

        Assert.Equal("app", deleted.GetProperty("repository").GetProperty("repositoryName").GetString());
        await ecr.AssertRefusedAsync(
            "ListImages", new { repositoryName = "app" },
            "RepositoryNotFoundException", "The repository with name 'app' does not exist in the registry with id '123456789012'");
    }

    [Fact]
    public async Task Regions_are_registries_of_their_own()
    {
        await ecr.DoAsync("CreateRepository", new { repositoryName = "app" });

        var elsewhere = await ecr.CallAsync("CreateRepository", new { repositoryName = "app" }, "eu-central-1");

        Assert.Equal(200, elsewhere.Status);
        Assert.Equal(
            "arn:aws:ecr:eu-central-1:123456789012:repository/app",
            elsewhere.Json.GetProperty("repository").GetProperty("repositoryArn").GetString());
    }

    [Fact]
    public async Task Another_accounts_registry_is_refused_before_anything_is_looked_up()
    {
        var reply = await ecr.CallAsync("ListImages", new { registryId = "999999999999", repositoryName = "app" });

        Assert.Equal((400, "AccessDeniedException"), (reply.Status, reply.Code));
        Assert.Equal(
            "User: arn:aws:iam::123456789012:root is not authorized to perform: ecr:ListImages on resource: "
            + "arn:aws:ecr:us-east-1:999999999999:repository/app because no resource-based policy allows the ecr:ListImages action",
            reply.Json.GetProperty("Message").GetString());
    }
}
