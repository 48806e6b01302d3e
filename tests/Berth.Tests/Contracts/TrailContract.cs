using System.Text.Json;
using Berth.Storage.Rows;
using Berth.Tests.Engines;
using Berth.Trail;
using Berth.Vocabulary;
using Microsoft.Extensions.Time.Testing;

namespace Berth.Tests.Contracts;

public sealed class SqliteTrailTests() : TrailContract(new SqliteTestDatabase());

public sealed class PostgreSqlTrailTests(PostgreSqlServer server) : TrailContract(new PostgreSqlTestDatabase(server));

/// <summary>What the trail promises, whichever database holds it.</summary>
public abstract class TrailContract(TestDatabase engine) : IAsyncLifetime
{
    private protected static readonly RegistryId Home = new(AccountId.Parse("123456789012"), RegionName.Parse("us-east-1"));

    private protected FakeTimeProvider Time { get; } = new(new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero));

    private protected Database Database { get; private set; } = null!;

    private protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => Database = await Database.OpenAsync(await engine.GetDialectAsync(), Time, Cancel);

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Database.DisposeAsync();
        await engine.DisposeAsync();
    }

    [Fact]
    public async Task A_service_event_is_recorded_with_the_change_it_tells_of()
    {
        var writer = new TrailWriter(new(), Time);
        var repository = new RepositoryId(Home, RepositoryName.Parse("team/app"));
        var details = new { RepositoryName = "team/app", ImageDigest = "sha256:1", Result = "SUCCESS" };

        await Database.WriteAsync(
            tx => writer.AppendServiceEventAsync(tx, ServiceEvent.Of(repository, "ImageActivationEvent", details)), Cancel);

        var record = await RecordAsync();
        var id = record.GetProperty("eventID").GetString();
        Assert.Equal(
            $$"""
            {"eventVersion":"1.11","userIdentity":{"accountId":"123456789012","invokedBy":"AWS Internal"},
            "eventTime":"2026-01-15T12:00:00Z","eventSource":"ecr.amazonaws.com","eventName":"ImageActivationEvent","awsRegion":"us-east-1",
            "sourceIPAddress":"AWS Internal","userAgent":"AWS Internal","requestParameters":null,"responseElements":null,
            "eventID":"{{id}}","readOnly":true,
            "resources":[{"ARN":"arn:aws:ecr:us-east-1:123456789012:repository/team/app","accountId":"123456789012","type":"AWS::ECR::Repository"}],
            "eventType":"AwsServiceEvent","managementEvent":true,"recipientAccountId":"123456789012",
            "serviceEventDetails":{"repositoryName":"team/app","imageDigest":"sha256:1","result":"SUCCESS"},"eventCategory":"Management"}
            """.ReplaceLineEndings(""),
            record.GetRawText());
    }

    [Fact]
    public async Task A_service_event_of_a_change_that_fails_is_not_recorded()
    {
        var writer = new TrailWriter(new(), Time);

        await Assert.ThrowsAsync<InvalidOperationException>(() => Database.WriteAsync(
            async tx =>
            {
                await writer.AppendServiceEventAsync(tx, new(Home, "PolicyExecutionEvent", new { }));
                throw new InvalidOperationException("the change failed");
            },
            Cancel));

        Assert.Equal(0, await Database.ReadAsync(rows => rows.FindAsync<long?>("SELECT COUNT(*) FROM trail_event"), Cancel));
    }

    private async Task<JsonElement> RecordAsync() =>
        JsonElement.Parse((await Database.ReadAsync(rows => rows.FindAsync<byte[]>("SELECT record FROM trail_event"), Cancel))!);
}
