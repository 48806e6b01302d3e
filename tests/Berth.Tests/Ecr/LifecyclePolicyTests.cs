namespace Berth.Tests.Ecr;

/// <summary>The lifecycle policies of repositories, in ECR's own words.</summary>
public sealed class LifecyclePolicyTests : IAsyncLifetime
{
    private const string Given =
        """
        { "rules": [ { "rulePriority": 1, "description": "Expire images older than 14 days", "action": { "type": "expire" },
          "selection": { "tagStatus": "untagged", "countType": "sinceImagePushed", "countUnit": "days", "countNumber": 14 } } ] }
        """;

    private const string Kept =
        """{\"rules\":[{\"rulePriority\":1,\"description\":\"Expire images older than 14 days\",\"selection\":{\"tagStatus\":\"untagged\",\"countType\":\"sinceImagePushed\",\"countUnit\":\"days\",\"countNumber\":14},\"action\":{\"type\":\"expire\"}}]}""";

    private EcrHost ecr = null!;

    public async ValueTask InitializeAsync() => ecr = await EcrHost.StartAsync();

    public ValueTask DisposeAsync() => ecr.DisposeAsync();

    [Fact]
    public async Task A_policy_is_set_given_and_removed_in_ECRs_form()
    {
        const string Answer = $$"""{"registryId":"123456789012","repositoryName":"app","lifecyclePolicyText":"{{Kept}}"}""";
        await ecr.CreateRepositoryAsync("app");

        Assert.Equal(Answer, (await ecr.CallAsync("PutLifecyclePolicy", new { repositoryName = "app", lifecyclePolicyText = Given })).Body);
        Assert.StartsWith(Answer[..^1], (await ecr.CallAsync("GetLifecyclePolicy", new { repositoryName = "app", registryId = EcrHost.Account })).Body, StringComparison.Ordinal);
        Assert.StartsWith(Answer[..^1], (await ecr.CallAsync("DeleteLifecyclePolicy", new { repositoryName = "app" })).Body, StringComparison.Ordinal);
        foreach (var operation in EcrHost.Texts("GetLifecyclePolicy", "DeleteLifecyclePolicy"))
        {
            await ecr.AssertRefusedAsync(
                operation, new { repositoryName = "app" },
                "LifecyclePolicyNotFoundException",
                "Lifecycle policy does not exist for the repository with name 'app' in the registry with id '123456789012'");
        }
    }

    [Fact]
    public async Task Without_a_repository_there_is_no_lifecycle_policy()
    {
        foreach (var operation in EcrHost.Texts("PutLifecyclePolicy", "GetLifecyclePolicy", "DeleteLifecyclePolicy"))
        {
            await ecr.AssertRefusedAsync(
                operation, new { repositoryName = "gone", lifecyclePolicyText = Given },
                "RepositoryNotFoundException",
                "The repository with name 'gone' does not exist in the registry with id '123456789012'");
        }
    }

    [Fact]
    public async Task A_policy_that_is_none_is_refused_in_ECRs_words()
    {
        await ecr.CreateRepositoryAsync("app");

        await ecr.AssertRefusedAsync(
            "PutLifecyclePolicy", new { repositoryName = "app", lifecyclePolicyText = "{}".PadRight(100) },
            "InvalidParameterException",
            "Invalid parameter at 'LifecyclePolicyText' failed to satisfy constraint: 'Lifecycle policy validation failure: object has missing required properties ([\"rules\"])\n'");
        await ecr.AssertRefusedAsync(
            "PutLifecyclePolicy", new { repositoryName = "app", lifecyclePolicyText = "{}" },
            "InvalidParameterException",
            "1 validation error detected: Value '{}' at 'lifecyclePolicyText' failed to satisfy constraint: Member must have length greater than or equal to 100");
    }
}
