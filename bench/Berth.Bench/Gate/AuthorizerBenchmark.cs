using System.Net;
using BenchmarkDotNet.Attributes;
using Berth.Bench.Policies;
using Berth.Identity;
using Berth.Identity.Sessions;
using Berth.Policy;
using Berth.Registry;
using Berth.Server.Gate;
using Berth.Storage.Blobs;
using Berth.Storage.Rows;
using Berth.Vocabulary;
using Microsoft.Extensions.Logging.Abstractions;

namespace Berth.Bench.Gate;

/// <summary>
/// One decision as both wires ask for it, over real rows: the policies of a role session and of the repository, with the
/// condition keys of the request.
/// </summary>
public class AuthorizerBenchmark
{
    private const string RoleId = "AROABENCHBENCHBENCH12";
    private const string RoleArn = $"arn:aws:iam::{SamplePolicies.Account}:role/ci";

    private static readonly RegistryId Registry = new(AccountId.Parse(SamplePolicies.Account), RegionName.Parse("us-east-1"));

    private string folder = "";
    private Database database = null!;
    private Authorizer authorizer = null!;
    private Access access = null!;

    [Params(10, 100, 1000)]
    public int Statements { get; set; }

    // The tool chain in this process calls what is asynchronous and does not wait for it.
    [GlobalSetup]
    public void Setup() => SetupAsync().GetAwaiter().GetResult();

    [GlobalCleanup]
    public void Cleanup()
    {
        database.DisposeAsync().AsTask().GetAwaiter().GetResult();
        Directory.Delete(folder, recursive: true);
    }

    // What is kept in memory is decided without waiting.
    [Benchmark]
    public Decision Decide() => authorizer.DecideAsync(access, CancellationToken.None).AsTask().GetAwaiter().GetResult();

    private async Task SetupAsync()
    {
        folder = Directory.CreateTempSubdirectory("berth-bench").FullName;
        var (time, ids) = (TimeProvider.System, new Ids());
        database = await Database.OpenAsync(new SqliteDialect(folder), time, CancellationToken.None);
        var (compiled, changes) = (new CompiledPolicies(), new IdentityChanges());
        var repositories = new RepositoryAccess(database, compiled, changes, time);
        var keyring = Keyring.LoadOrCreate(Path.Combine(folder, "keyring"), ids, time);
        authorizer = new(
            new(database, compiled, changes, time),
            new(
                repositories,
                new(database, compiled, changes, time),
                new(database, changes, time),
                new(new(database, new(), time)),
                new(database, time, always: false)),
            new(database, compiled, changes, new(keyring, Registry.Account, Registry.Region.Partition), time),
            new(keyring),
            NullLogger<Authorizer>.Instance);
        var repository = RepositoryId.ParseArn(SamplePolicies.LastRepository(Statements));
        await new Repositories(database, repositories, new(database, time, new()), ids, time).CreateAsync(
            repository, new() { TagMutability = TagMutabilityRule.Default, Tags = [new("team", "blue")] }, CancellationToken.None);
        await database.WriteAsync(WriteRoleAsync, CancellationToken.None);
        access = Ask(repository.Arn, time.GetUtcNow());
        await authorizer.AuthorizeAsync(access, CancellationToken.None);
    }

    private async Task WriteRoleAsync(Transaction tx)
    {
        await tx.ExecuteAsync(
            """
            INSERT INTO iam_entity (id, account, kind, name, name_key, path, arn, created_at)
            VALUES (@RoleId, @Account, 'role', 'ci', 'ci', '/', @RoleArn, 0)
            """,
            new { RoleId, SamplePolicies.Account, RoleArn });
        foreach (var (number, document) in SamplePolicies.Documents(Statements).Index())
        {
            await tx.ExecuteAsync(
                "INSERT INTO iam_inline_policy (entity_id, name, document) VALUES (@RoleId, @name, @document)",
                new { RoleId, name = $"projects-{number}", document });
        }

        await tx.ExecuteAsync(
            "INSERT INTO iam_tag (entity_id, name_key, name, value) VALUES (@RoleId, 'team', 'team', 'blue')", new { RoleId });
        await tx.ExecuteAsync(
            "INSERT INTO repository_policy (repository_id, document) SELECT id, @document FROM repository",
            new
            {
                document = """
                    {"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":"*","Action":"ecr:*","Condition":{"NotIpAddress":{"aws:SourceIp":"10.0.0.0/8"}}}]}
                    """,
            });
    }

    private static Access Ask(string resource, DateTimeOffset now)
    {
        var session = new Session { OwnerId = RoleId, IssuedAt = now, ExpiresAt = now.AddHours(1) };
        var principal = new Principal($"arn:aws:sts::{SamplePolicies.Account}:assumed-role/ci/build-42", Registry.Account, $"{RoleId}:build-42");
        var circumstances = new Circumstances(IPAddress.Parse("10.1.2.3"), IsSecure: true, "docker/27", Referer: null, Registry.Region, now);
        return new(new(principal, "ASIABENCHBENCHBENCH1") { Session = session }, circumstances, "ecr:BatchGetImage", resource);
    }
}
