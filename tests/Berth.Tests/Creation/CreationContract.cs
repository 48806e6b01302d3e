using Berth.Creation;
using Berth.Lifecycle;
using Berth.Registry;
using Berth.Tests.Engines;
using Berth.Tests.Registry;
using Berth.Vocabulary;

namespace Berth.Tests.Creation;

public sealed class SqliteCreationTests() : CreationContract(new SqliteTestDatabase());

public sealed class PostgreSqlCreationTests(PostgreSqlServer server) : CreationContract(new PostgreSqlTestDatabase(server));

public abstract class CreationContract(TestDatabase rows) : RegistryContract(rows)
{
    private const string Rules =
        """{"rules":[{"rulePriority":1,"selection":{"tagStatus":"any","countType":"imageCountMoreThan","countNumber":3},"action":{"type":"expire"}}]}""";

    private const string Policy = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"ecr:BatchGetImage"}]}""";

    private LifecyclePolicies Lifecycle => new(Database, Jobs, new(), Ids, Time);

    private CreationTemplates Templates => new(Database, Lifecycle, Time);

    private ImplicitRepositories Implicit => new(Database, Repositories, RepositoryAccess, Lifecycle, (_, _) => Task.CompletedTask);

    [Fact]
    public async Task A_repository_is_made_with_everything_that_its_template_says()
    {
        await Templates.CreateAsync(
            Home,
            "team/",
            new()
            {
                AppliedFor = [TemplateScenario.CreateOnPush],
                TagMutability = TagMutabilityRule.Create(TagMutability.ImmutableWithExclusion, ["latest"]),
                ResourceTags = [new("owner", "team")],
                RepositoryPolicy = Policy,
                LifecyclePolicy = Rules,
            },
            Cancel);

        await Implicit.CreateAsync(Id("team/app"), TemplateScenario.CreateOnPush, Cancel);

        var made = await Repositories.GetAsync(Id("team/app"), Cancel);
        Assert.Equal(TagMutability.ImmutableWithExclusion, made.TagMutability.Setting);
        Assert.Equal("latest", Assert.Single(made.TagMutability.ExclusionFilters));
        Assert.Equal("owner=team", string.Join(' ', (await RepositoryAccess.FindAsync(Home, "team/app", Cancel)).Tags.Select(tag => $"{tag.Key}={tag.Value}")));
        Assert.Single((await RepositoryAccess.FindAsync(Home, "team/app", Cancel)).Policies);
        Assert.Equal(Rules, (await Lifecycle.GetAsync(Id("team/app"), Cancel)).Text);
    }

    [Fact]
    public async Task The_longest_prefix_counts_of_those_that_are_applied_on_the_occasion()
    {
        await MakeAsync("ROOT", TemplateScenario.CreateOnPush);
        await MakeAsync("a", TemplateScenario.CreateOnPush, TemplateScenario.Replication);
        await MakeAsync("a/b", TemplateScenario.Replication);

        Assert.Equal("a", await FindAsync("a/b/c", TemplateScenario.CreateOnPush));
        Assert.Equal("a/b", await FindAsync("a/b/c", TemplateScenario.Replication));
        Assert.Equal("ROOT", await FindAsync("ab/c", TemplateScenario.CreateOnPush));
        Assert.Null(await FindAsync("ab/c", TemplateScenario.PullThroughCache));
    }

    [Fact]
    public async Task What_a_change_does_not_speak_of_stays_and_what_is_empty_goes()
    {
        var template = new TemplateSettings
        {
            AppliedFor = [TemplateScenario.CreateOnPush],
            Description = "first",
            RepositoryPolicy = Policy,
            LifecyclePolicy = Rules,
            RoleArn = "arn:aws:iam::123456789012:role/maker",
        };
        await Templates.CreateAsync(Home, "a", template, Cancel);
        Time.Advance(TimeSpan.FromMinutes(1));

        var changed = await Templates.UpdateAsync(Home, "a/", new() { RepositoryPolicy = "", RoleArn = "" }, Cancel);

        Assert.Equal(("first", Rules), (changed.Description, changed.LifecyclePolicy));
        Assert.Null(changed.RepositoryPolicy);
        Assert.Null(changed.RoleArn);
        Assert.Equal([TemplateScenario.CreateOnPush], changed.AppliedFor);
        Assert.Equal(TimeSpan.FromMinutes(1), changed.UpdatedAt - changed.CreatedAt);
    }

    [Fact]
    public async Task A_template_that_is_changed_changes_no_repository()
    {
        await MakeAsync("a", TemplateScenario.CreateOnPush);
        await Implicit.CreateAsync(Id("a/app"), TemplateScenario.CreateOnPush, Cancel);

        await Templates.UpdateAsync(Home, "a", new() { TagMutability = TagMutabilityRule.Create(TagMutability.Immutable, []) }, Cancel);

        Assert.Equal(TagMutability.Mutable, (await Repositories.GetAsync(Id("a/app"), Cancel)).TagMutability.Setting);
    }

    [Fact]
    public async Task Pushes_at_one_moment_make_one_repository()
    {
        await MakeAsync("a", TemplateScenario.CreateOnPush);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Implicit.CreateAsync(Id("a/app"), TemplateScenario.CreateOnPush, Cancel)));

        Assert.Single(await Repositories.ListAsync(Home, after: null, limit: 10, Cancel));
    }

    [Fact]
    public async Task A_prefix_has_one_template_and_each_registry_its_own()
    {
        await MakeAsync("a", TemplateScenario.CreateOnPush);

        Assert.IsType<TemplateAlreadyExists>((await Assert.ThrowsAsync<FaultException>(() => MakeAsync("a/", TemplateScenario.Replication))).Fault);
        Assert.Empty(await Templates.ListAsync(Home with { Region = RegionName.Parse("eu-central-1") }, after: null, limit: 10, Cancel));
        await Templates.DeleteAsync(Home, "a", Cancel);
        Assert.IsType<TemplateNotFound>((await Assert.ThrowsAsync<FaultException>(() => Templates.DeleteAsync(Home, "a", Cancel))).Fault);
    }

    private Task<CreationTemplate> MakeAsync(string prefix, params IReadOnlyList<TemplateScenario> occasions) =>
        Templates.CreateAsync(Home, prefix, new() { AppliedFor = occasions }, Cancel);

    private async Task<string?> FindAsync(string name, TemplateScenario occasion) =>
        (await Implicit.FindTemplateAsync(Id(name), occasion, Cancel))?.Prefix;
}
