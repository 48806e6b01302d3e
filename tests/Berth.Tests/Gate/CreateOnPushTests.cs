using System.Net;
using Berth.Creation;
using Berth.Identity.Entities;
using Berth.Registry;
using Berth.Server.Hosting;
using Berth.Tests.Trail;

namespace Berth.Tests.Gate;

/// <summary>Pushes to repositories that are not there, by users and with templates of every kind.</summary>
public sealed class CreateOnPushTests : IAsyncDisposable
{
    private const string Push =
        """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":["ecr:InitiateLayerUpload","ecr:UploadLayerPart"],"Resource":"*"} }""";

    private const string PushAndCreate =
        """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":["ecr:InitiateLayerUpload","ecr:CreateRepository"],"Resource":"*"} }""";

    private const string Missing = "The repository with name 'team/app' does not exist in the registry with id '123456789012'";

    private GateHost? host;

    public ValueTask DisposeAsync() => host?.DisposeAsync() ?? default;

    [Fact]
    public async Task Without_a_template_a_push_to_a_missing_repository_is_refused()
    {
        await StartAsync();

        Assert.Equal((HttpStatusCode.NotFound, ("NAME_UNKNOWN", Missing)), await PushAsync(host!.Root));
        Assert.Equal(("RepositoryNotFoundException", Missing), (await host.Root.CallAsync("InitiateLayerUpload", new { repositoryName = "team/app" })).Error);
    }

    [Fact]
    public async Task A_template_has_the_repository_made_for_who_may_push_on_both_wires()
    {
        await StartAsync();
        await MakeAsync(new() { TagMutability = TagMutabilityRule.Create(TagMutability.Immutable, []) });
        var user = await host!.UserAsync("ann", Push);

        Assert.Equal(HttpStatusCode.Accepted, (await PushAsync(user)).Status);
        await user.DoAsync("InitiateLayerUpload", new { repositoryName = "team/web" });

        var made = await host.Root.DoAsync("DescribeRepositories", new { });
        Assert.Equal(
            "team/app IMMUTABLE, team/web IMMUTABLE",
            string.Join(", ", made.GetProperty("repositories").EnumerateArray().Select(one => $"{one.GetProperty("repositoryName")} {one.GetProperty("imageTagMutability")}")));
    }

    [Fact]
    public async Task The_trail_tells_of_the_repository_as_something_that_ECR_did()
    {
        await StartAsync();
        await MakeAsync(new());
        Assert.Equal(HttpStatusCode.Accepted, (await PushAsync(await host!.UserAsync("ann", Push))).Status);

        var record = await host.RecordAsync("CreateRepository");

        Assert.Equal("AwsServiceEvent", record.GetProperty("eventType").GetString());
        Assert.Equal(
            """{"repositoryName":"team/app","appliedFor":"CREATE_ON_PUSH","templatePrefix":"team"}""",
            record.GetProperty("serviceEventDetails").GetRawText());
    }

    [Fact]
    public async Task Nothing_is_made_for_who_may_not_push()
    {
        await StartAsync();
        await MakeAsync(new());
        var user = await host!.UserAsync("ann", """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"ecr:Describe*","Resource":"*"}}""");

        Assert.Equal(HttpStatusCode.Forbidden, (await PushAsync(user)).Status);

        Assert.Equal("""{"repositories":[]}""", (await user.DoAsync("DescribeRepositories", new { })).GetRawText());
    }

    [Fact]
    public async Task The_policy_of_the_template_holds_for_the_push_that_makes_the_repository()
    {
        await StartAsync();
        await MakeAsync(new()
        {
            RepositoryPolicy = """{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":"*","Action":"ecr:InitiateLayerUpload"}]}""",
        });
        var user = await host!.UserAsync("ann", Push);

        var (status, error) = await PushAsync(user);

        Assert.Equal((HttpStatusCode.Forbidden, "DENIED"), (status, error.Code));
        Assert.EndsWith("with an explicit deny in a resource-based policy", error.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_the_switch_on_a_push_makes_what_its_author_may_create()
    {
        await StartAsync(options => options with { CreateOnPush = true });
        var (creator, pusher) = (await host!.UserAsync("ann", PushAndCreate), await host.UserAsync("ben", Push));

        Assert.Equal((HttpStatusCode.NotFound, ("NAME_UNKNOWN", Missing)), await PushAsync(pusher));
        Assert.Equal(HttpStatusCode.Accepted, (await PushAsync(creator)).Status);
    }

    [Fact]
    public async Task Tags_need_a_role_that_trusts_ECR_and_may_tag()
    {
        await StartAsync();
        await MakeAsync(new() { ResourceTags = [new("stage", "prod")] });
        const string refusal = "the repository cannot be created as the template 'team' has it: ";
        Assert.Equal(
            (HttpStatusCode.Forbidden, ("DENIED", refusal + "it has resource tags, so it needs a role that may ecr:TagResource")), await PushAsync(host!.Root));

        var role = "arn:aws:iam::123456789012:role/maker";
        await host.Berth.Server.Domain.CreationTemplates.UpdateAsync(Home, "team", new() { RoleArn = role }, TestContext.Current.CancellationToken);
        Assert.Equal(
            (HttpStatusCode.Forbidden, ("DENIED", refusal + $"its role '{role}' is gone, or does not trust ecr.amazonaws.com")), await PushAsync(host.Root));

        await AddRoleAsync("ecr:CreateRepository");
        Assert.Equal((HttpStatusCode.Forbidden, ("DENIED", refusal + $"its role '{role}' may not ecr:TagResource")), await PushAsync(host.Root));

        await AllowRoleAsync("ecr:*");
        Assert.Equal(HttpStatusCode.Accepted, (await PushAsync(host.Root)).Status);
        Assert.Equal(
            """{"tags":[{"Key":"stage","Value":"prod"}]}""",
            (await host.Root.DoAsync("ListTagsForResource", new { resourceArn = "arn:aws:ecr:us-east-1:123456789012:repository/team/app" })).GetRawText());
    }

    private static Berth.Vocabulary.RegistryId Home => new BerthOptions().HomeRegistry;

    private async Task StartAsync(Func<BerthOptions, BerthOptions>? configure = null) => host = await GateHost.StartAsync(configure);

    private Task MakeAsync(TemplateSettings settings) => host!.Berth.Server.Domain.CreationTemplates.CreateAsync(
        Home, "team", settings with { AppliedFor = [TemplateScenario.CreateOnPush] }, TestContext.Current.CancellationToken);

    private static async Task<(HttpStatusCode Status, (string? Code, string? Text) Error)> PushAsync(Actor actor)
    {
        var reply = await actor.SendAsync("POST", "/v2/team/app/blobs/uploads/");
        return (reply.Status, reply.Status is HttpStatusCode.Accepted ? default : reply.Error);
    }

    private Task AddRoleAsync(string action) => host!.Berth.Server.Domain.Stores.Database.WriteAsync(
        async tx =>
        {
            var domain = host.Berth.Server.Domain;
            var role = await domain.Entities.CreateAsync(tx, new(new(new(Home.Account, "aws"), EntityKind.Role, "maker")));
            const string trust = """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"Service":"ecr.amazonaws.com"} } }""";
            await tx.ExecuteAsync("INSERT INTO iam_role (id, trust, max_session) VALUES (@Id, @trust, 3600)", new { role.Id, trust });
            await tx.ExecuteAsync("INSERT INTO iam_inline_policy (entity_id, name, document) VALUES (@Id, 'it', @document)", new { role.Id, document = Allowing(action) });
            domain.Entities.Changed(tx);
        },
        TestContext.Current.CancellationToken);

    private Task AllowRoleAsync(string action) => host!.Berth.Server.Domain.Stores.Database.WriteAsync(
        async tx =>
        {
            await tx.ExecuteAsync("UPDATE iam_inline_policy SET document = @document WHERE name = 'it'", new { document = Allowing(action) });
            host.Berth.Server.Domain.Entities.Changed(tx);
        },
        TestContext.Current.CancellationToken);

    private static string Allowing(string action) => $$"""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"{{action}}","Resource":"*"} }""";
}
