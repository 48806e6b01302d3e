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

/// <summary>Machines over a database of the test's own, on SQLite and on PostgreSQL.</summary>
public abstract class MachinesContract(TestDatabase rows) : IAsyncLifetime
{
    private static readonly RegistryId Home = new(AccountId.Parse("123456789012"), RegionName.Parse("eu-central-1"));

    private const string Trust =
        """
        {"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"Service":"ec2.amazonaws.com"},
         "Condition":{"ArnEquals":{"aws:SourceArn":"{machine}"}}}}
        """;

    private readonly TemporaryFolder folder = new();
    private readonly FakeTimeProvider time = new(new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero));
    private readonly IdentityChanges changes = new();
    private readonly Ids ids = new();
    private Database database = null!;
    private Keyring keyring = null!;
    private Machines machines = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        keyring = Keyring.LoadOrCreate(folder["keyring"], ids, time);
        database = await Database.OpenAsync(await rows.GetDialectAsync(), time, Cancel);
        machines = new(database, keyring, changes, ids, time);
        await database.WriteAsync(
            tx => new IamEntities(database, changes, ids, time).CreateAsync(
                tx, new(new(new(Home.Account, "aws"), EntityKind.InstanceProfile, "hosts"))),
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
    public async Task A_machine_is_found_by_what_proves_it_and_by_nothing_else()
    {
        var print = new string('c', 64);
        var (machine, secret) = await RegisterAsync(new(Home, "hosts") { Certificate = print, PrivateAddress = "10.0.0.7" });

        Assert.Equal(machine, await machines.FindBySecretAsync(secret, Cancel));
        Assert.Equal(machine, await machines.FindByCertificateAsync(print, Cancel));
        Assert.Null(await machines.FindBySecretAsync(print, Cancel));
        Assert.Null(await machines.FindBySecretAsync("", Cancel));
        Assert.Null(await machines.FindByCertificateAsync(secret, Cancel));
        Assert.Equal("arn:aws:ec2:eu-central-1:123456789012:instance/" + machine.InstanceId, machine.Arn);
    }

    [Fact]
    public async Task A_secret_lies_nowhere_in_the_database()
    {
        var (_, secret) = await RegisterAsync(new(Home, "hosts"));

        var kept = await database.ReadAsync(reader => reader.FindAsync<byte[]>("SELECT secret_mac FROM machine"), Cancel);

        Assert.Equal(32, kept!.Length);
        Assert.NotEqual(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(secret)), kept);
    }

    [Fact]
    public async Task What_is_revoked_is_found_no_more()
    {
        var (machine, secret) = await RegisterAsync(new(Home, "hosts"));
        Assert.NotNull(await machines.FindBySecretAsync(secret, Cancel));

        await machines.RevokeAsync(Home, machine.InstanceId, Cancel);

        Assert.Null(await machines.FindBySecretAsync(secret, Cancel));
        Assert.Empty(await machines.ListAsync(Home, after: null, limit: 10, Cancel));
        await Assert.ThrowsAsync<FaultException>(() => machines.RevokeAsync(Home, machine.InstanceId, Cancel));
    }

    [Fact]
    public async Task Another_account_or_Region_neither_sees_nor_revokes_a_machine()
    {
        var (machine, secret) = await RegisterAsync(new(Home, "hosts"));
        foreach (var other in new[] { Home with { Region = RegionName.Parse("us-east-1") }, Home with { Account = AccountId.Parse("000000000000") } })
        {
            Assert.Empty(await machines.ListAsync(other, after: null, limit: 10, Cancel));
            var refused = await Assert.ThrowsAsync<FaultException>(() => machines.RevokeAsync(other, machine.InstanceId, Cancel));
            Assert.Equal(new EntityNotFound("machine", machine.InstanceId), refused.Fault);
        }

        Assert.NotNull(await machines.FindBySecretAsync(secret, Cancel));
    }

    [Fact]
    public async Task An_instance_id_or_a_certificate_is_one_machines()
    {
        var print = new string('c', 64);
        var (machine, _) = await RegisterAsync(new(Home, "hosts") { Certificate = print });

        var id = await Assert.ThrowsAsync<FaultException>(() => RegisterAsync(new(Home, "hosts") { InstanceId = machine.InstanceId }));
        var certificate = await Assert.ThrowsAsync<FaultException>(() => RegisterAsync(new(Home, "hosts") { Certificate = print }));

        Assert.Equal(new EntityAlreadyExists("machine", machine.InstanceId), id.Fault);
        Assert.Equal(new EntityAlreadyExists("machine with the certificate", print), certificate.Fault);
    }

    [Fact]
    public async Task A_role_is_handed_out_as_long_as_it_is_in_the_profile_and_trusts_EC2()
    {
        var (compiled, entities) = (new CompiledPolicies(), new IamEntities(database, changes, ids, time));
        var roles = new MachineRoles(database, new(database, compiled, changes, time), new(keyring, ids), time);
        var permissions = new Permissions(database, compiled, changes, time);
        var (machine, _) = await RegisterAsync(new(Home, "hosts") { PrivateAddress = "10.0.0.7" });
        Assert.Null((await roles.FindProfileAsync(machine.ProfileId, Cancel)).RoleArn);
        await database.WriteAsync(
            async tx =>
            {
                var role = await entities.CreateAsync(tx, new(new(new(Home.Account, "aws"), EntityKind.Role, "puller")));
                var trust = Trust.Replace("{machine}", machine.Arn, StringComparison.Ordinal);
                await tx.ExecuteAsync("INSERT INTO iam_role (id, trust, max_session) VALUES (@Id, @trust, 3600)", new { role.Id, trust });
                await tx.ExecuteAsync("INSERT INTO iam_profile_role (profile_id, role_id) VALUES (@ProfileId, @Id)", new { machine.ProfileId, role.Id });
            },
            Cancel);

        var profile = await roles.FindProfileAsync(machine.ProfileId, Cancel);
        var key = await roles.IssueAsync(machine, profile, Cancel);
        var stranger = await roles.IssueAsync(machine with { InstanceId = "i-00000000000000009" }, profile, Cancel);

        Assert.Equal("arn:aws:sts::123456789012:assumed-role/puller/" + machine.InstanceId, key!.Caller.Arn);
        Assert.Equal(
            $"ec2:SourceInstanceArn={machine.Arn} ec2:RoleDelivery=2.0 aws:Ec2InstanceSourcePrivateIPv4=10.0.0.7",
            string.Join(' ', key.Caller.Session!.Keys.Select(pair => $"{pair.Key}={pair.Value}")));
        Assert.Null(stranger);
        var read = new SessionTokens(keyring, ids).Find(key.Token)!.Caller;
        Assert.Equal(machine.Id, read.Session!.RegistrationId);
        Assert.NotNull(await permissions.FindAsync(read, Cancel));
        await machines.RevokeAsync(Home, machine.InstanceId, Cancel);
        Assert.Null(await permissions.FindAsync(read, Cancel));
    }

    private async Task<(Machine Machine, string Secret)> RegisterAsync(NewMachine made)
    {
        var registered = await machines.RegisterAsync(made, Cancel);
        return (registered.Machine, registered.Secret);
    }
}

public sealed class SqliteMachineTests() : MachinesContract(new SqliteTestDatabase());

public sealed class PostgreSqlMachineTests(PostgreSqlServer server) : MachinesContract(new PostgreSqlTestDatabase(server));
