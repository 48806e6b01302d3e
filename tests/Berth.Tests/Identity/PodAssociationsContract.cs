using Berth.Identity;
using Berth.Identity.Delivery;
using Berth.Identity.Entities;
using Berth.Identity.Sessions;
using Berth.Storage.Blobs;
using Berth.Storage.Rows;
using Berth.Tests.Engines;
using Berth.Vocabulary;
using Microsoft.Extensions.Time.Testing;

namespace Berth.Tests.Identity;

/// <summary>Associations of pods over a database of the test's own, on SQLite and on PostgreSQL.</summary>
public abstract class PodAssociationsContract(TestDatabase rows) : IAsyncLifetime
{
    private const string Issuer = "https://cluster.example/id";
    private const string RoleArn = "arn:aws:iam::123456789012:role/puller";

    private const string Trust =
        """
        {"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":["sts:AssumeRole","sts:TagSession"],"Principal":{"Service":"pods.eks.amazonaws.com"}}}
        """;

    private static readonly RegistryId Home = new(AccountId.Parse("123456789012"), RegionName.Parse("eu-central-1"));
    private static readonly ServiceAccount Puller = new(Issuer, "apps", "puller");

    private readonly TemporaryFolder folder = new();
    private readonly FakeTimeProvider time = new(new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero));
    private readonly IdentityChanges changes = new();
    private readonly Ids ids = new();
    private Database database = null!;
    private PodAssociations associations = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        database = await Database.OpenAsync(await rows.GetDialectAsync(), time, Cancel);
        associations = new(database, changes, ids, time);
        var entities = new IamEntities(database, changes, ids, time);
        var scope = new AccountScope(Home.Account, "aws");
        await new OidcProviders(database, entities).CreateAsync(
            scope, new(OidcUrl.Parse(Issuer)) { ClientIds = ["other", "pods.eks.amazonaws.com"] }, Cancel);
        await new OidcProviders(database, entities).CreateAsync(scope, new(OidcUrl.Parse("https://pipeline.example")) { ClientIds = ["other"] }, Cancel);
        await database.WriteAsync(
            async tx =>
            {
                var role = await entities.CreateAsync(tx, new(new(scope, EntityKind.Role, "puller")));
                await tx.ExecuteAsync("INSERT INTO iam_role (id, trust, max_session) VALUES (@Id, @Trust, 3600)", new { role.Id, Trust });
                await entities.CreateAsync(tx, new(new(scope, EntityKind.User, "ann")));
            },
            Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        await rows.DisposeAsync();
        folder.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task An_association_is_found_by_its_service_account_and_by_no_other()
    {
        var made = await CreateAsync(Puller);

        Assert.Equal(
            new()
            {
                Id = made.Id,
                Home = Home,
                Cluster = "main",
                ServiceAccount = Puller,
                RoleArn = RoleArn,
                CreatedAt = time.GetUtcNow(),
            },
            await associations.FindAsync(Home, Puller, Cancel));
        Assert.Matches("^a-[a-z0-9]{17}$", made.Id);
        Assert.Equal($"arn:aws:eks:eu-central-1:123456789012:podidentityassociation/main/{made.Id}", made.Arn);
        Assert.Equal("arn:aws:eks:eu-central-1:123456789012:cluster/main", made.ClusterArn);
        Assert.Null(await associations.FindAsync(Home, Puller with { Issuer = "https://other.example" }, Cancel));
        Assert.Null(await associations.FindAsync(Home, Puller with { Namespace = "Apps" }, Cancel));
        Assert.Null(await associations.FindAsync(Home, Puller with { Name = "puller2" }, Cancel));
    }

    [Fact]
    public async Task Another_account_or_Region_neither_sees_nor_ends_an_association()
    {
        var made = await CreateAsync(Puller);
        foreach (var other in new[] { Home with { Region = RegionName.Parse("us-east-1") }, Home with { Account = AccountId.Parse("000000000000") } })
        {
            Assert.Null(await associations.FindAsync(other, Puller, Cancel));
            Assert.Empty(await associations.ListAsync(other, after: null, limit: 10, Cancel));
            await AssertRefusedAsync(
                new EntityNotFound("pod identity association", made.Id), () => associations.DeleteAsync(other, "main", made.Id, Cancel));
        }

        await AssertRefusedAsync(
            new EntityNotFound("pod identity association", made.Id), () => associations.DeleteAsync(Home, "other", made.Id, Cancel));
        Assert.NotNull(await associations.FindAsync(Home, Puller, Cancel));
    }

    [Fact]
    public async Task A_service_account_has_one_association_in_a_Region()
    {
        var made = await CreateAsync(Puller);

        await AssertRefusedAsync(new EntityAlreadyExists("pod identity association", made.Id), () => CreateAsync(Puller));
        await associations.CreateAsync(new(Home with { Region = RegionName.Parse("us-east-1") }, "main", Puller, RoleArn), Cancel);
        await associations.DeleteAsync(Home, "main", made.Id, Cancel);
        Assert.NotEqual(made.Id, (await CreateAsync(Puller)).Id, StringComparer.Ordinal);
    }

    [Fact]
    public async Task Associations_are_listed_in_the_order_of_their_ids()
    {
        string[] made = [(await CreateAsync(Puller)).Id, (await CreateAsync(Puller with { Name = "two" })).Id, (await CreateAsync(Puller with { Name = "three" })).Id];
        Array.Sort(made, StringComparer.Ordinal);

        Assert.Equal(made[..2], (await associations.ListAsync(Home, after: null, limit: 2, Cancel)).Select(association => association.Id), StringComparer.Ordinal);
        Assert.Equal(made[2..], (await associations.ListAsync(Home, after: made[1], limit: 2, Cancel)).Select(association => association.Id), StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("https://cluster.example")]
    [InlineData("https://pipeline.example")]
    public async Task An_issuer_must_be_a_provider_that_speaks_to_EKS(string issuer) => await AssertRefusedAsync(
        issuer is "https://cluster.example"
            ? new IdentityNotFound("No OpenIDConnect provider found in your account for https://cluster.example")
            : new IdentityInputInvalid("the OpenIDConnect provider https://pipeline.example does not have the client ID pods.eks.amazonaws.com"),
        () => CreateAsync(Puller with { Issuer = issuer }));

    [Theory]
    [InlineData("arn:aws:iam::123456789012:role/absent")]
    [InlineData("arn:aws:iam::123456789012:user/ann")]
    public async Task A_role_must_be_there(string arn) => await AssertRefusedAsync(
        new EntityNotFound("role", arn), () => associations.CreateAsync(new(Home, "main", Puller, arn), Cancel));

    [Fact]
    public async Task The_provider_and_the_role_must_be_of_the_same_account()
    {
        var other = Home with { Account = AccountId.Parse("000000000000") };

        await AssertRefusedAsync(
            new IdentityNotFound($"No OpenIDConnect provider found in your account for {Issuer}"),
            () => associations.CreateAsync(new(other, "main", Puller, RoleArn), Cancel));
        var entities = new IamEntities(database, changes, ids, time);
        await new OidcProviders(database, entities).CreateAsync(
            new(other.Account, "aws"), new(OidcUrl.Parse(Issuer)) { ClientIds = ["pods.eks.amazonaws.com"] }, Cancel);
        await AssertRefusedAsync(
            new EntityNotFound("role", RoleArn), () => associations.CreateAsync(new(other, "main", Puller, RoleArn), Cancel));
    }

    [Fact]
    public async Task A_session_ends_with_the_association_that_handed_it_out()
    {
        var (compiled, keyring) = (new CompiledPolicies(), Keyring.LoadOrCreate(folder["keyring"], ids, time));
        var permissions = new Permissions(database, compiled, changes, time);
        var roles = new PodRoles(new(database, compiled, changes, time), new(keyring, ids), ids, time);
        var (first, second) = (await CreateAsync(Puller), await CreateAsync(Puller with { Name = "two" }));

        var caller = await HandOutAsync(first);
        var other = await HandOutAsync(second);
        Assert.Equal(first.Id, caller.Session!.RegistrationId);
        Assert.NotNull(await permissions.FindAsync(caller, Cancel));

        await associations.DeleteAsync(Home, "main", first.Id, Cancel);
        Assert.Null(await permissions.FindAsync(caller, Cancel));
        Assert.NotNull(await permissions.FindAsync(other, Cancel));

        async Task<Caller> HandOutAsync(PodAssociation association) => new SessionTokens(keyring, ids)
            .Find((await roles.IssueAsync(association, new(association.ServiceAccount, "pod", "uid"), Cancel))!.Token)!.Caller;
    }

    private Task<PodAssociation> CreateAsync(ServiceAccount account) => associations.CreateAsync(new(Home, "main", account, RoleArn), Cancel);

    private static async Task AssertRefusedAsync(Fault fault, Func<Task> act) =>
        Assert.Equal(fault, (await Assert.ThrowsAsync<FaultException>(act)).Fault);
}

public sealed class SqlitePodAssociationTests() : PodAssociationsContract(new SqliteTestDatabase());

public sealed class PostgreSqlPodAssociationTests(PostgreSqlServer server) : PodAssociationsContract(new PostgreSqlTestDatabase(server));
