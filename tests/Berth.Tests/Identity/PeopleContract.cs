using Berth.Identity;
using Berth.Identity.Entities;
using Berth.Identity.Organizations;
using Berth.Storage.Blobs;
using Berth.Storage.Rows;
using Berth.Tests.Engines;
using Berth.Vocabulary;
using Microsoft.Extensions.Time.Testing;

namespace Berth.Tests.Identity;

public sealed class SqlitePeopleTests() : PeopleContract(new SqliteTestDatabase());

/// <summary>Every statement about users, groups, their keys and policies, on SQLite and on PostgreSQL.</summary>
public abstract class PeopleContract(TestDatabase rows) : IAsyncLifetime
{
    private const string Document = """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}""";

    private static readonly AccountScope Scope = new(AccountId.Parse("123456789012"), "aws");
    private static readonly EntityName Alice = new(Scope, EntityKind.User, "Alice");
    private static readonly EntityName Devs = new(Scope, EntityKind.Group, "devs");

    private readonly TemporaryFolder folder = new();
    private readonly FakeTimeProvider time = new(new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero));
    private readonly IdentityChanges changes = new();
    private readonly Ids ids = new();
    private Database database = null!;
    private AccessKeys keys = null!;
    private AccessKey root = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private IamEntities Entities => new(database, changes, ids, time);

    private IamUsers Users => new(database, Entities);

    private IamGroups Groups => new(database, Entities);

    private OwnedKeys OwnedKeys => new(database, keys, changes, ids);

    private UserOrCaller AliceAsNamed => new(Alice, new(root.Principal, root.Id));

    public async ValueTask InitializeAsync()
    {
        database = await Database.OpenAsync(await rows.GetDialectAsync(), time, Cancel);
        keys = new(database, Keyring.LoadOrCreate(folder["keyring"], ids, time), changes, time);
        root = await new NewAccounts(database, keys, ids, time).CreateAsync(Scope.Account, new("Home", "a@b"), "aws", Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        await rows.DisposeAsync();
        folder.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task An_account_is_made_once_and_its_root_key_signs()
    {
        Assert.Equal(root.Principal, (await keys.FindAsync(root.Id, Cancel))!.Principal);
        var taken = await Assert.ThrowsAsync<FaultException>(
            () => new NewAccounts(database, keys, ids, time).CreateAsync(Scope.Account, new("Other", null), "aws", Cancel));
        Assert.Equal(new IdentityInputInvalid("there is an account '123456789012' already"), taken.Fault);

        var other = await new NewAccounts(database, keys, ids, time).CreateAsync(id: null, new("Other", null), "aws", Cancel);
        var all = await new MemberAccounts(database).ListAsync(null, 10, Cancel);
        Assert.Equal("Home", all.Single(account => account.Id == Scope.Account).Name);
        Assert.Equal("Other", all.Single(account => account.Id == other.Principal.Account).Name);
        Assert.Equal($"arn:aws:iam::{other.Principal.Account}:root", (await keys.FindAsync(other.Id, Cancel))!.Principal.Arn);
    }

    [Fact]
    public async Task An_account_that_is_asked_for_has_a_role_for_its_management_and_an_address_of_its_own()
    {
        var organization = new Organization(Keyring.LoadOrCreate(folder["keyring"], ids, time), Scope.Account, "aws");
        var roles = new IamRoles(database, Entities);
        var creations = new AccountCreations(database, new(roles, new(database, Entities), organization), ids, time);

        var made = await creations.CreateAsync(new(new("Second", "Second@example.com"), "entry"), Cancel);
        var failed = await creations.CreateAsync(new(new("Third", "second@example.com"), "entry"), Cancel);

        Assert.Equal(made, await creations.GetAsync(made.Id, Cancel));
        Assert.Equal(failed, await creations.GetAsync(failed.Id, Cancel));
        Assert.Equal((null, "EMAIL_ALREADY_EXISTS"), (failed.Account, failed.Failure));
        var role = await roles.GetAsync(new(new(made.Account!.Value, "aws"), EntityKind.Role, "entry"), Cancel);
        Assert.Contains("arn:aws:iam::123456789012:root", role.Trust, StringComparison.Ordinal);
        Assert.Equal("Second", (await new MemberAccounts(database).GetAsync(made.Account.Value.ToString(), Cancel)).Name);
    }

    [Fact]
    public async Task An_alias_belongs_to_one_account_and_what_an_account_has_is_counted()
    {
        var other = (await new NewAccounts(database, keys, ids, time).CreateAsync(id: null, new("Other", null), "aws", Cancel)).Principal.Account;
        var aliases = new AccountAliases(database);
        await aliases.SetAsync(Scope.Account, "home", Cancel);
        await Users.CreateAsync(new(Alice), Cancel);

        var taken = await Assert.ThrowsAsync<FaultException>(() => aliases.SetAsync(other, "home", Cancel));
        var counted = await new AccountCounts(database, keys).ReadAsync(Scope.Account, Cancel);

        Assert.Equal(new EntityAlreadyExists("account alias", "home"), taken.Fault);
        Assert.Equal(("home", null), (await aliases.FindAsync(Scope.Account, Cancel), await aliases.FindAsync(other, Cancel)));
        Assert.Equal((1, 0, true), (counted.Entities[EntityKind.User], counted.PolicyVersions, counted.HasRootKey));
        await aliases.DeleteAsync(Scope.Account, "home", Cancel);
        await aliases.SetAsync(other, "home", Cancel);
    }

    [Fact]
    public async Task Keys_are_made_used_put_aside_and_deleted()
    {
        await Users.CreateAsync(new(Alice), Cancel);
        var made = await OwnedKeys.CreateAsync(AliceAsNamed, Cancel);

        keys.Uses.Note(made.Key.Id, new("ecr", "us-east-1"));
        await keys.Uses.Writing;
        time.Advance(AccessKeyUses.Interval);
        keys.Uses.Note(made.Key.Id, new("sts", "eu-west-1"));
        await keys.Uses.Writing;
        var used = await OwnedKeys.FindAsync(Scope.Account, made.Key.Id, Cancel);
        Assert.Equal((time.GetUtcNow(), new("sts", "eu-west-1"), "Alice"), (used!.LastUsedAt, used.LastUse, used.UserName));

        await OwnedKeys.SetActiveAsync(AliceAsNamed, made.Key.Id, isActive: false, Cancel);
        Assert.Null(await keys.FindAsync(made.Key.Id, Cancel));
        Assert.False(Assert.Single(await OwnedKeys.ListAsync(AliceAsNamed, null, 10, Cancel)).IsActive);
        await OwnedKeys.DeleteAsync(AliceAsNamed, made.Key.Id, Cancel);
        Assert.Empty(await OwnedKeys.ListAsync(AliceAsNamed, null, 10, Cancel));
        Assert.Null(await OwnedKeys.FindAsync(Scope.Account, made.Key.Id, Cancel));
    }

    [Fact]
    public async Task Groups_have_users_under_their_present_names()
    {
        await Users.CreateAsync(new(Alice) { Tags = [new("Team", "red")] }, Cancel);
        await Groups.CreateAsync(new(Devs), Cancel);
        await Groups.AddAsync(Devs, Alice, Cancel);
        await Groups.AddAsync(Devs, Alice, Cancel);
        await new Renaming(database, Entities).RenameAsync(Alice, "Anna", "/x/", Cancel);

        var anna = Alice with { Name = "ANNA" };
        Assert.Equal("arn:aws:iam::123456789012:user/x/Anna", Assert.Single(await Groups.ListUsersAsync(Devs, null, 10, Cancel)).Arn);
        Assert.Equal("devs", Assert.Single(await Groups.ListGroupsAsync(anna, null, 10, Cancel)).Name);
        Assert.Equal([new("Team", "red")], await Entities.ListTagsAsync(anna, null, 10, Cancel));
        await Groups.RemoveAsync(Devs, anna, Cancel);
        await Groups.DeleteAsync(Devs, Cancel);
        await Users.DeleteAsync(anna, Cancel);
        Assert.Null(await Entities.FindAsync(anna, Cancel));
    }

    [Fact]
    public async Task Policies_are_kept_by_name_and_attached_by_ARN()
    {
        await Users.CreateAsync(new(Alice), Cancel);
        var inline = new Berth.Identity.Entities.InlinePolicies(database, Entities);
        await inline.PutAsync(Alice, "b", Document + " ", Cancel);
        await inline.PutAsync(Alice, "b", Document, Cancel);
        await inline.PutAsync(Alice, "B", Document, Cancel);
        Assert.Equal(["B", "b"], await inline.ListAsync(Alice, null, 10, Cancel));
        Assert.Equal(["b"], await inline.ListAsync(Alice, "B", 10, Cancel));
        Assert.Equal(Document, await inline.GetAsync(Alice, "b", Cancel));
        await inline.DeleteAsync(Alice, "b", Cancel);
        Assert.Equal(["B"], await inline.ListAsync(Alice, null, 10, Cancel));

        var attachments = new PolicyAttachments(database, Entities);
        Assert.Empty(await attachments.ListAsync(Alice, new(null, 10), Cancel));
        await Assert.ThrowsAsync<FaultException>(() => attachments.AttachAsync(Alice, "arn:aws:iam::123456789012:policy/none", Cancel));
        await Assert.ThrowsAsync<FaultException>(() => attachments.DetachAsync(Alice, "arn:aws:iam::123456789012:policy/none", Cancel));
    }
}
