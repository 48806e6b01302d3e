using System.Text.Json;

namespace Berth.Tests.Ecr;

/// <summary>The policies of repositories and of the registry, in ECR's own words.</summary>
public sealed class PolicyTests : IAsyncLifetime
{
    private const string Given = """{"Statement":[{"Principal":"*","Effect":"Allow","Action":["ecr:BatchGetImage"]}],"Version":"2012-10-17"}""";
    private const string Printed =
        """{\n  \"Version\" : \"2012-10-17\",\n  \"Statement\" : [ {\n    \"Effect\" : \"Allow\",\n    \"Principal\" : \"*\",\n    \"Action\" : \"ecr:BatchGetImage\"\n  } ]\n}""";

    private const string GivenOfRegistry =
        """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"210987654321"},"Action":"ecr:ReplicateImage","Resource":"*"}}""";

    private EcrHost ecr = null!;

    public async ValueTask InitializeAsync() => ecr = await EcrHost.StartAsync();

    public ValueTask DisposeAsync() => ecr.DisposeAsync();

    [Fact]
    public async Task A_repositorys_policy_is_answered_in_ECRs_form()
    {
        const string Answer = $$"""{"registryId":"123456789012","repositoryName":"app","policyText":"{{Printed}}"}""";
        await ecr.CreateRepositoryAsync("app");

        var set = await ecr.CallAsync("SetRepositoryPolicy", new { repositoryName = "app", policyText = Given });

        Assert.Equal((200, Answer), (set.Status, set.Body));
        Assert.Equal(Answer, (await ecr.CallAsync("GetRepositoryPolicy", new { repositoryName = "app", registryId = EcrHost.Account })).Body);
        Assert.Equal(Answer, (await ecr.CallAsync("DeleteRepositoryPolicy", new { repositoryName = "app" })).Body);
        foreach (var operation in EcrHost.Texts("GetRepositoryPolicy", "DeleteRepositoryPolicy"))
        {
            await ecr.AssertRefusedAsync(
                operation, new { repositoryName = "app" },
                "RepositoryPolicyNotFoundException",
                "Repository policy does not exist for the repository with name 'app' in the registry with id '123456789012'");
        }
    }

    [Fact]
    public async Task Without_a_repository_there_is_no_policy()
    {
        foreach (var operation in EcrHost.Texts("SetRepositoryPolicy", "GetRepositoryPolicy", "DeleteRepositoryPolicy"))
        {
            await ecr.AssertRefusedAsync(
                operation, new { repositoryName = "gone", policyText = Given },
                "RepositoryNotFoundException",
                "The repository with name 'gone' does not exist in the registry with id '123456789012'");
        }
    }

    [Theory]
    [InlineData("not JSON", "Invalid repository policy provided")]
    [InlineData("""{"Statement":{"Effect":"Allow","Principal":"*","Action":"ecr:GetAuthorizationToken"}}""", "Invalid repository policy provided")]
    [InlineData("""{"Statement":{"Effect":"Deny","Principal":"*","Action":"ecr:*"}}""", "Invalid repository policy provided")]
    [InlineData("""{"Statement":{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::123456789012:user/nobody"},"Action":"ecr:*"}}""", "Principal not found")]
    [InlineData("""{"Statement":{"Effect":"Deny","NotPrincipal":{"AWS":"arn:aws:iam::123456789012:role/nobody"},"Action":"ecr:*"}}""", "Principal not found")]
    public async Task A_repositorys_policy_that_is_none_is_refused_in_ECRs_words(string policy, string rule)
    {
        await ecr.CreateRepositoryAsync("app");

        await ecr.AssertRefusedAsync(
            "SetRepositoryPolicy", new { repositoryName = "app", policyText = policy },
            "InvalidParameterException", $"Invalid parameter at 'PolicyText' failed to satisfy constraint: '{rule}'");
    }

    [Fact]
    public async Task What_is_wrong_with_a_policy_stands_in_the_log()
    {
        await ecr.CreateRepositoryAsync("app");

        await ecr.CallAsync("SetRepositoryPolicy", new
        {
            repositoryName = "app",
            policyText = """{"Statement":{"Effect":"Allow","Principal":"*","Action":"ecr:PutImages"}}""",
        });

        Assert.Contains("Reason = 'ecr:PutImages' is no action on a repository", ecr.Berth.Log.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_policy_has_10240_characters_at_most()
    {
        await ecr.CreateRepositoryAsync("app");
        var longest = Given.PadRight(10_240);

        Assert.Equal(200, (await ecr.CallAsync("SetRepositoryPolicy", new { repositoryName = "app", policyText = longest })).Status);
        var refused = await ecr.CallAsync("SetRepositoryPolicy", new { repositoryName = "app", policyText = longest + " " });

        Assert.Equal((400, "InvalidParameterException"), (refused.Status, refused.Code));
        Assert.Contains("Member must have length less than or equal to 10240", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_registrys_policy_is_answered_in_ECRs_form()
    {
        var put = await ecr.DoAsync("PutRegistryPolicy", new { policyText = GivenOfRegistry });

        Assert.Equal("123456789012", put.GetProperty("registryId").GetString());
        Assert.Equal(
            """
            {
              "Version" : "2012-10-17",
              "Statement" : [ {
                "Effect" : "Allow",
                "Principal" : {
                  "AWS" : "arn:aws:iam::210987654321:root"
                },
                "Action" : "ecr:ReplicateImage",
                "Resource" : "*"
              } ]
            }
            """,
            put.GetProperty("policyText").GetString());
        Assert.Equal(JsonSerializer.Serialize(put), JsonSerializer.Serialize(await ecr.DoAsync("GetRegistryPolicy", new { })));
        Assert.Equal(JsonSerializer.Serialize(put), JsonSerializer.Serialize(await ecr.DoAsync("DeleteRegistryPolicy", new { })));
        foreach (var operation in EcrHost.Texts("GetRegistryPolicy", "DeleteRegistryPolicy"))
        {
            await ecr.AssertRefusedAsync(
                operation, new { }, "RegistryPolicyNotFoundException", "Registry policy does not exist in the registry with id '123456789012'");
        }
    }

    [Theory]
    [InlineData("""{"Statement":{"Effect":"Allow","Principal":"*","Action":"ecr:PutImage"}}""", "Invalid registry policy provided")]
    [InlineData("""{"Statement":{"Effect":"Allow","Principal":"*","Action":"ecr:GetAuthorizationToken","Resource":"*"}}""", "Invalid registry policy provided")]
    [InlineData("""{"Statement":{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::123456789012:role/gone"},"Action":"ecr:*","Resource":"*"}}""", "Principal not found")]
    public async Task A_registrys_policy_that_is_none_is_refused_in_ECRs_words(string policy, string rule) =>
        await ecr.AssertRefusedAsync(
            "PutRegistryPolicy", new { policyText = policy },
            "InvalidParameterException", $"Invalid parameter at 'PolicyText' failed to satisfy constraint: '{rule}'");
}
