using Berth.Identity;
using Berth.Identity.Entities;
using Berth.Registry;
using Berth.Tests.Engines;
using Berth.Tests.Gate;
using Berth.Vocabulary;

namespace Berth.Tests.Registry;

public sealed class SqlitePoliciesTests() : PoliciesContract(new SqliteTestDatabase());

[Trait("needs", "postgresql")]
public sealed class PostgreSqlPoliciesTests(PostgreSqlServer server) : PoliciesContract(new PostgreSqlTestDatabase(server));

public abstract class PoliciesContract(TestDatabase rows) : RegistryContract(rows)
{
    private const string Ann = "arn:aws:iam::123456789012:user/team/ann";

    private static readonly Caller Root = new(Principal.Root(Home.Account, "aws"), "AKIAIOSFODNN7EXAMPLE");
    private static readonly AccountScope Scope = new(Home.Account, "aws");
    private static readonly string NamesAnn = Policies.OfRepository("Allow", $$"""{"AWS":"{{Ann}}"}""", "ecr:*");

    private RepositoryPolicies OfRepositories => new(Database, RepositoryAccess);

    private RegistryPolicies OfRegistries => new(Database, RepositoryAccess);

    private IamEntities Entities => new(Database, IdentityChanges, Ids, Time);

    [Fact]
    public async Task A_policy_is_set_replaced_given_and_removed()
    {
        var app = await CreateAsync("app");
        await SetAsync(app, Policies.OfRepository("Allow", "\"*\"", "ecr:PutImage"));

        var replaced = await SetAsync(app, Policies.OfRepository("Allow", "\"*\"", "ecr:BatchGetImage"));

        Assert.Contains("\"Action\" : \"ecr:BatchGetImage\"", replaced, StringComparison.Ordinal);
        Assert.Equal(replaced, await OfRepositories.GetAsync(app, Cancel));
        Assert.Equal(replaced, await OfRepositories.DeleteAsync(app, Cancel));
        Assert.Equal(app, (await FaultOf<RepositoryPolicyNotFound>(() => OfRepositories.GetAsync(app, Cancel))).Repository);
        await FaultOf<RepositoryPolicyNotFound>(() => OfRepositories.DeleteAsync(app, Cancel));
    }

    [Fact]
    public async Task Without_a_repository_there_is_no_policy()
    {
        await FaultOf<RepositoryNotFound>(() => SetAsync(Id("gone"), Policies.OfRepository("Allow", "\"*\"", "ecr:*")));
        await FaultOf<RepositoryNotFound>(() => OfRepositories.GetAsync(Id("gone"), Cancel));
        await FaultOf<RepositoryNotFound>(() => OfRepositories.DeleteAsync(Id("gone"), Cancel));
    }

    [Fact]
    public async Task A_repository_made_anew_under_an_old_name_has_no_policy()
    {
        var app = await CreateAsync("app");
        await SetAsync(app, Policies.OfRepository("Allow", "\"*\"", "ecr:*"));
        Assert.Single((await RepositoryAccess.FindAsync(Home, "app", Cancel)).Policies);

        await RepositoryDeletion.DeleteAsync(app, force: false, Cancel);
        Assert.Empty((await RepositoryAccess.FindAsync(Home, "app", Cancel)).Policies);
        await CreateAsync("app");

        Assert.Empty((await RepositoryAccess.FindAsync(Home, "app", Cancel)).Policies);
        await FaultOf<RepositoryPolicyNotFound>(() => OfRepositories.GetAsync(app, Cancel));
    }

    [Fact]
    public async Task Who_comes_back_under_an_old_name_is_not_meant_and_cannot_be_set_by_the_old_id()
    {
        var app = await CreateAsync("app");
        Assert.Equal(Ann, (await FaultOf<PolicyPrincipalNotFound>(() => SetAsync(app, NamesAnn))).Principal);
        var ann = await CreateAnnAsync();
        Assert.Contains($"\"AWS\" : \"{Ann}\"", await SetAsync(app, NamesAnn), StringComparison.Ordinal);

        await Database.WriteAsync(tx => Entities.DeleteAsync(tx, ann.Id), Cancel);
        await CreateAnnAsync();

        Assert.Contains($"\"AWS\" : \"{ann.Id}\"", await OfRepositories.GetAsync(app, Cancel), StringComparison.Ordinal);
        var old = Policies.OfRepository("Allow", $$"""{"AWS":"{{ann.Id}}"}""", "ecr:*");
        Assert.Equal(ann.Id, (await FaultOf<PolicyPrincipalNotFound>(() => SetAsync(app, old))).Principal);
    }

    [Theory]
    [InlineData("\"*\"")]
    [InlineData("{\"AWS\":\"123456789012\"}")]
    [InlineData("{\"AWS\":[\"111122223333\",\"arn:aws:iam::123456789012:root\"]}")]
    public async Task Who_would_lock_itself_out_needs_force(string principal)
    {
        var app = await CreateAsync("app");
        var policy = Policies.OfRepository("Deny", principal, "ecr:SetRepository*");

        var refused = await FaultOf<ResourcePolicyInvalid>(() => SetAsync(app, policy));

        Assert.Equal("'arn:aws:iam::123456789012:root' could not set another policy", refused.Reason);
        await FaultOf<RepositoryPolicyNotFound>(() => OfRepositories.GetAsync(app, Cancel));
        await OfRepositories.SetAsync(app, policy, Root, force: true, Cancel);
    }

    [Theory]
    [InlineData("{\"AWS\":\"111122223333\"}", "*", null)]
    [InlineData("\"*\"", "ecr:PutImage", null)]
    [InlineData("\"*\"", "*", """{"ArnNotEquals":{"aws:PrincipalArn":"arn:aws:iam::123456789012:role/one"}}""")]
    public async Task A_deny_of_others_of_something_else_or_under_a_condition_locks_nobody_out(string principal, string action, string? condition)
    {
        var app = await CreateAsync("app");

        Assert.Contains("\"Deny\"", await SetAsync(app, Policies.OfRepository("Deny", principal, action, condition)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_role_is_locked_out_by_its_ARN_with_its_path()
    {
        var app = await CreateAsync("app");
        var role = await Database.WriteAsync(
            tx => Entities.CreateAsync(tx, new(new(Scope, EntityKind.Role, "ci")) { Path = "/team/" }), Cancel);
        var session = new Caller(new("arn:aws:sts::123456789012:assumed-role/ci/work", Home.Account, $"{role.Id}:work"), "ASIAIOSFODNN7EXAMPLE")
        {
            Session = new() { OwnerId = role.Id, IssuedAt = Time.GetUtcNow(), ExpiresAt = Time.GetUtcNow() },
        };

        await FaultOf<ResourcePolicyInvalid>(() => OfRepositories.SetAsync(
            app, Policies.OfRepository("Deny", $$"""{"AWS":"{{role.Arn}}"}""", "*"), session, force: false, Cancel));
    }

    [Fact]
    public async Task Each_registry_has_a_policy_of_its_own()
    {
        var abroad = Home with { Region = RegionName.Parse("eu-central-1") };
        var policy = Policies.OfRegistry("Allow", "{\"AWS\":\"210987654321\"}", "ecr:ReplicateImage", "arn:aws:ecr:us-east-1:123456789012:repository/*");

        var set = await OfRegistries.PutAsync(Home, policy, Root, Cancel);

        Assert.Equal(set, await OfRegistries.GetAsync(Home, Cancel));
        Assert.Equal(abroad, (await FaultOf<RegistryPolicyNotFound>(() => OfRegistries.GetAsync(abroad, Cancel))).Registry);
        await FaultOf<RegistryPolicyNotFound>(() => OfRegistries.DeleteAsync(abroad, Cancel));
        Assert.Equal(set, await OfRegistries.DeleteAsync(Home, Cancel));
        await FaultOf<RegistryPolicyNotFound>(() => OfRegistries.GetAsync(Home, Cancel));
    }

    [Fact]
    public async Task A_registrys_policy_that_nobody_could_replace_is_refused()
    {
        await FaultOf<ResourcePolicyInvalid>(() => OfRegistries.PutAsync(Home, Policies.OfRegistry("Deny", "\"*\"", "ecr:*", "*"), Root, Cancel));

        await OfRegistries.PutAsync(
            Home, Policies.OfRegistry("Deny", "\"*\"", "ecr:*", "arn:aws:ecr:us-east-1:123456789012:repository/*"), Root, Cancel);
    }

    private Task<string> SetAsync(RepositoryId repository, string policy) =>
        OfRepositories.SetAsync(repository, policy, Root, force: false, Cancel);

    private Task<Entity> CreateAnnAsync() =>
        Database.WriteAsync(tx => Entities.CreateAsync(tx, new(new(Scope, EntityKind.User, "ann")) { Path = "/team/" }), Cancel);
}
