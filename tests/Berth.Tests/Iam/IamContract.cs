using Berth.Identity;
using Berth.Identity.Entities;
using Berth.Storage.Rows;
using Berth.Tests.Engines;
using Berth.Vocabulary;
using Microsoft.Extensions.Time.Testing;

namespace Berth.Tests.Iam;

/// <summary>Roles, managed policies, boundaries and instance profiles over a database of the test's own: each statement is one text for both databases.</summary>
public abstract class IamContract(TestDatabase rows) : IAsyncLifetime
{
    private const string Trust = """{"Statement":{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}}""";
    private const string Pull = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"ecr:BatchGetImage","Resource":"*"}]}""";
    private const string Push = """{"Version":"2012-10-17","Statement":[{"Sid":"Push","Effect":"Allow","Action":"ecr:PutImage","Resource":"*"}]}""";

    private static readonly AccountScope Scope = new(AccountId.Parse("123456789012"), "aws");

    private readonly FakeTimeProvider time = new(new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero));
    private readonly IdentityChanges changes = new();
    private Database database = null!;
    private IamEntities entities = null!;
    private IamRoles roles = null!;
    private ManagedPolicies policies = null!;
    private PolicyVersions versions = null!;
    private InstanceProfiles profiles = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        database = await Database.OpenAsync(await rows.GetDialectAsync(), time, Cancel);
        entities = new(database, changes, new(), time);
        (roles, policies, versions) = (new(database, entities), new(database, entities), new(database, entities, time));
        profiles = new(database, entities);
    }

    public async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        await rows.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_role_is_kept_changed_listed_and_deleted()
    {
        await CreateRoleAsync("b");
        await CreateRoleAsync("A");

        await roles.UpdateAsync(Role("a"), new("described", TimeSpan.FromHours(2)), Cancel);

        var found = await roles.GetAsync(Role("A"), Cancel);
        Assert.Equal(("described", TimeSpan.FromHours(2), null), (found.Entity.Description, found.LongestSession, found.LastUsed));
        Assert.Equal(["A", "b"], (await roles.ListAsync(Scope, new(null, 10), Cancel)).Select(role => role.Entity.Name), StringComparer.Ordinal);
        await roles.DeleteAsync(Role("a"), Cancel);
        Assert.Equal(["b"], (await roles.ListAsync(Scope, new(null, 10), Cancel)).Select(role => role.Entity.Name), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Policies_are_counted_and_filtered_by_use()
    {
        var pull = await CreatePolicyAsync("pull");
        await CreatePolicyAsync("other");
        await CreateRoleAsync("bounded", pull.Arn);
        await new ServiceRoles(database, entities, roles).CreateAsync(Scope, "ecr.amazonaws.com", null, Cancel);

        Assert.Equal((0, 1), Uses(await policies.GetAsync(Scope, pull.Arn, Cancel)));
        Assert.Equal(
            [("ECRTemplateServiceRolePolicy", (1, 0))],
            (await policies.ListAsync(Scope, new() { IsAttached = true }, null, 10, Cancel)).Select(policy => (policy.Name, Uses(policy))));
        Assert.Equal(
            [("pull", (0, 1))],
            (await policies.ListAsync(Scope, new() { IsBoundary = true }, null, 10, Cancel)).Select(policy => (policy.Name, Uses(policy))));
        Assert.Equal(
            ["other", "pull"],
            (await policies.ListAsync(Scope, new() { OfAws = false }, null, 10, Cancel)).Select(policy => policy.Name),
            StringComparer.Ordinal);
        var users = await policies.ListUsersAsync(
            Scope, new(pull.Arn, [EntityKind.Role], Attached: true, Bounded: true), new(null, 10), Cancel);
        Assert.Equal("bounded", Assert.Single(users).Name);
    }

    [Fact]
    public async Task Who_is_bounded_is_so_by_the_default_version_at_once()
    {
        var policy = await CreatePolicyAsync("limit");
        var role = await CreateRoleAsync("builder", policy.Arn);
        var permissions = new Permissions(database, new(), changes, time);
        Assert.Null((await BoundaryAsync(permissions, role)).Statements[0].Sid);

        await versions.CreateAsync(policy.Arn, Push, asDefault: true, Cancel);

        Assert.Equal("Push", (await BoundaryAsync(permissions, role)).Statements[0].Sid);
        Assert.Equal([(2, true), (1, false)], (await versions.ListAsync(policy.Arn, Cancel)).Select(version => (version.Number, version.IsDefault)));
        await versions.SetDefaultAsync(policy.Arn, 1, Cancel);
        await versions.DeleteAsync(policy.Arn, 2, Cancel);
        Assert.Null((await BoundaryAsync(permissions, role)).Statements[0].Sid);
        await new PermissionsBoundaries(database, entities).DeleteAsync(Role("builder"), Cancel);
        Assert.Null((await permissions.FindAsync(role.Entity.Id, Cancel))!.Boundary);
        await policies.DeleteAsync(policy.Arn, Cancel);
    }

    [Fact]
    public async Task A_profile_has_its_role()
    {
        await CreateRoleAsync("machine");
        await profiles.CreateAsync(new(Profile("node")), Cancel);
        await profiles.AddRoleAsync(Profile("node"), Role("machine"), Cancel);

        Assert.Equal("machine", (await profiles.GetAsync(Profile("NODE"), Cancel)).Role?.Entity.Name);
        Assert.Equal("node", Assert.Single(await profiles.ListForRoleAsync(Role("machine"), null, 10, Cancel)).Entity.Name);
        await profiles.RemoveRoleAsync(Profile("node"), Role("machine"), Cancel);
        await profiles.DeleteAsync(Profile("node"), Cancel);
        Assert.Empty(await profiles.ListAsync(Scope, new(null, 10), Cancel));
    }

    [Fact]
    public async Task Authorization_details_run_over_kinds_and_names_and_end()
    {
        var details = new AuthorizationDetails(database);
        var limit = await CreatePolicyAsync("limit");
        await CreateRoleAsync("Builder", limit.Arn);
        await CreateRoleAsync("auditor");
        await new ServiceRoles(database, entities, roles).CreateAsync(Scope, "ecr.amazonaws.com", null, Cancel);
        var found = new List<string>();
        AuthorizationPage? page = null;
        do
        {
            page = await details.ReadAsync(Scope, Enum.GetValues<AuthorizationKind>(), page?.Next, 2, Cancel);
            found.AddRange(page.Policies.Select(policy => $"{policy.Policy.Name} {policy.Versions.Count}"));
            found.AddRange(page.Roles.Select(role => $"{role.Role.Entity.Name} {role.Policies.Attached.Count}"));
        }
        while (page.Next is not null);

        Assert.Equal(["ECRTemplateServiceRolePolicy 1", "limit 1", "auditor 0", "AWSServiceRoleForECRTemplate 1", "Builder 0"], found);
        var users = await details.ReadAsync(Scope, [AuthorizationKind.User], null, 2, Cancel);
        Assert.Equal((0, 0, 0, 0, null), (users.Users.Count, users.Groups.Count, users.Roles.Count, users.Policies.Count, users.Next));
    }

    private static (int Attachments, int Boundaries) Uses(ManagedPolicy policy) => (policy.Attachments, policy.Boundaries);

    private static async Task<Berth.Policy.Documents.PolicyDocument> BoundaryAsync(Permissions permissions, Role role) =>
        (await permissions.FindAsync(role.Entity.Id, Cancel))!.Boundary!;

    private static EntityName Role(string name) => new(Scope, EntityKind.Role, name);

    private static EntityName Profile(string name) => new(Scope, EntityKind.InstanceProfile, name);

    private Task<Role> CreateRoleAsync(string name, string? boundary = null) =>
        roles.CreateAsync(new(new(Role(name)) { Boundary = boundary }, Trust), Cancel);

    private Task<ManagedPolicy> CreatePolicyAsync(string name) =>
        policies.CreateAsync(new(new(Scope, EntityKind.Policy, name)), Pull, Cancel);
}

public sealed class SqliteIamTests() : IamContract(new SqliteTestDatabase());

[Trait("needs", "postgresql")]
public sealed class PostgreSqlIamTests(PostgreSqlServer server) : IamContract(new PostgreSqlTestDatabase(server));
