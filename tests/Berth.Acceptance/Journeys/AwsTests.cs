using System.Text.Json;
using Berth.Acceptance.Running;

namespace Berth.Acceptance.Journeys;

public sealed class AwsTests(Server server) : Journey(server), IClassFixture<Server>
{
    [Fact]
    public async Task A_repository_is_created_and_described_as_ECR_does()
    {
        var created = (await Aws.CreateRepositoryAsync("team/app")).GetProperty("repository");

        Assert.Equal("arn:aws:ecr:us-east-1:123456789012:repository/team/app", Text(created, "repositoryArn"));
        Assert.Equal("123456789012", Text(created, "registryId"));
        Assert.Equal("team/app", Text(created, "repositoryName"));
        Assert.Equal(Named("team/app"), Text(created, "repositoryUri"));
        Assert.Equal("MUTABLE", Text(created, "imageTagMutability"));
        Assert.False(created.GetProperty("imageScanningConfiguration").GetProperty("scanOnPush").GetBoolean());
        Assert.Equal("AES256", Text(created.GetProperty("encryptionConfiguration"), "encryptionType"));

        var described = await Aws.EcrAsync("describe-repositories", "--repository-names", "team/app");

        Assert.True(JsonElement.DeepEquals(created, described.GetProperty("repositories")[0]));
    }

    [Fact]
    public async Task A_repository_that_exists_is_not_created_again()
    {
        await Aws.CreateRepositoryAsync("taken");

        var again = await Aws.TryEcrAsync("create-repository", "--repository-name", "taken");

        Assert.Contains("RepositoryAlreadyExistsException", again.Refused(), StringComparison.Ordinal);
        Assert.Contains(
            "The repository with name 'taken' already exists in the registry with id '123456789012'", again.Printed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_repository_that_is_deleted_is_gone()
    {
        await Aws.CreateRepositoryAsync("short-lived");
        await Aws.EcrAsync("delete-repository", "--repository-name", "short-lived");

        var described = await Aws.TryEcrAsync("describe-repositories", "--repository-names", "short-lived");

        Assert.Contains("RepositoryNotFoundException", described.Refused(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_secret_is_refused()
    {
        _ = Aws;
        Desk.Environment["AWS_SECRET_ACCESS_KEY"] = "not-the-secret";

        var answer = await Aws.TryEcrAsync("describe-repositories");

        Assert.Contains("InvalidSignatureException", answer.Refused(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_access_key_is_refused()
    {
        _ = Aws;
        Desk.Environment["AWS_ACCESS_KEY_ID"] = "AKIAIOSFODNN7EXAMPLE";

        var answer = await Aws.TryEcrAsync("describe-repositories");

        Assert.Contains("The security token included in the request is invalid", answer.Refused(), StringComparison.Ordinal);
    }

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
