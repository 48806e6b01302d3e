using System.Net;
using Berth.Tests.Trail;

namespace Berth.Tests.Gate;

/// <summary>Berth's own operation that has a lifecycle policy run at once.</summary>
public sealed class RunLifecyclePolicyTests : IAsyncLifetime
{
    private const string KeepNewest =
        """{"rules":[{"rulePriority":1,"selection":{"tagStatus":"any","countType":"imageCountMoreThan","countNumber":1},"action":{"type":"expire"}}]}""";

    private GateHost host = null!;

    public async ValueTask InitializeAsync()
    {
        host = await GateHost.StartAsync();
        await host.Root.DoAsync("CreateRepository", new { repositoryName = "app" });
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task A_policy_that_has_run_runs_once_more_before_its_time()
    {
        await host.PushAsync("app", "old");
        await host.Root.DoAsync("PutLifecyclePolicy", new { repositoryName = "app", lifecyclePolicyText = KeepNewest });
        await host.UntilEvaluatedAsync("app");
        host.Time.Advance(TimeSpan.FromHours(1));
        await host.PushAsync("app", "young");

        var answer = await host.Root.BerthAsync("RunLifecyclePolicy", new { repositoryName = "app" });

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(
            """{"registryId":"123456789012","repositoryName":"app","lifecyclePolicyText":"{\"rules\":[{\"rulePriority\":1,\"selection\":{\"tagStatus\":\"any\",\"countType\":\"imageCountMoreThan\",\"countNumber\":1},\"action\":{\"type\":\"expire\"}}]}","lastEvaluatedAt":1768478400}""",
            answer.Body);
        Assert.Equal(Ecr.EcrHost.DigestOf("old"), await host.FirstTakenAsync());
    }

    [Fact]
    public async Task Where_there_is_no_repository_or_no_policy_the_answer_says_so()
    {
        var none = await host.Root.BerthAsync("RunLifecyclePolicy", new { repositoryName = "nothing" });
        var bare = await host.Root.BerthAsync("RunLifecyclePolicy", new { repositoryName = "app" });

        Assert.Equal(
            (HttpStatusCode.BadRequest, ("RepositoryNotFoundException", "The repository with name 'nothing' does not exist in the registry with id '123456789012'")),
            (none.Status, none.Error));
        Assert.Equal(
            (HttpStatusCode.BadRequest, ("LifecyclePolicyNotFoundException", "Lifecycle policy does not exist for the repository with name 'app' in the registry with id '123456789012'")),
            (bare.Status, bare.Error));
    }

    [Fact]
    public async Task Who_may_run_the_policy_of_one_repository_may_not_run_anothers()
    {
        await host.Root.DoAsync("CreateRepository", new { repositoryName = "other" });
        foreach (var repository in new[] { "app", "other" })
        {
            await host.Root.DoAsync("PutLifecyclePolicy", new { repositoryName = repository, lifecyclePolicyText = KeepNewest });
        }

        var user = await host.UserAsync(
            "ann",
            """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"berth:RunLifecyclePolicy","Resource":"arn:aws:ecr:us-east-1:123456789012:repository/app"}}""");

        Assert.Equal(HttpStatusCode.OK, (await user.BerthAsync("RunLifecyclePolicy", new { repositoryName = "app" })).Status);
        var denied = (await user.BerthAsync("RunLifecyclePolicy", new { repositoryName = "other" })).Error;
        Assert.Equal("AccessDeniedException", denied.Code);
        Assert.StartsWith(
            "User: arn:aws:iam::123456789012:user/ann is not authorized to perform: berth:RunLifecyclePolicy on resource: arn:aws:ecr:us-east-1:123456789012:repository/other",
            denied.Text, StringComparison.Ordinal);
    }
}
