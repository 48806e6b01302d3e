using System.Text.Json;
using Berth.Storage.Rows;
using Berth.Tests.Engines;
using Berth.Trail;
using Berth.Vocabulary;
using Microsoft.Extensions.Logging.Abstractions;

namespace Berth.Tests.Contracts;

public sealed class SqliteTrailTests() : TrailContract(new SqliteTestDatabase());

public sealed class PostgreSqlTrailTests(PostgreSqlServer server) : TrailContract(new PostgreSqlTestDatabase(server));

/// <summary>What the trail promises, whichever database holds it.</summary>
public abstract class TrailContract(TestDatabase engine) : TrailStore(engine)
{
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

    [Fact]
    public async Task A_change_made_in_a_call_commits_with_the_calls_record()
    {
        var scope = new TrailScope(() => [Event("PutImage")], Time);
        scope.Begin();

        await Database.WriteAsync(tx => tx.ExecuteAsync("INSERT INTO account (id, created_at) VALUES ('210987654321', 0)"), Cancel);

        Assert.True(scope.IsRecorded);
        Assert.Equal("PutImage", await NamesAsync(new(Home)));
    }

    [Fact]
    public async Task A_change_whose_record_cannot_be_written_is_not_made()
    {
        await Database.WriteAsync(tx => tx.ExecuteAsync("ALTER TABLE trail_resource RENAME TO away"), Cancel);
        new TrailScope(() => [Event("PutImage")], Time).Begin();

        await Assert.ThrowsAnyAsync<Exception>(
            () => Database.WriteAsync(tx => tx.ExecuteAsync("INSERT INTO account (id, created_at) VALUES ('210987654321', 0)"), Cancel));

        Assert.Equal(0, await CountAsync("account"));
        Assert.Equal(0, await CountAsync("trail_event"));
    }

    [Fact]
    public async Task A_change_that_fails_leaves_no_record_and_the_next_one_of_the_call_does()
    {
        var scope = new TrailScope(() => [Event("PutImage")], Time);
        scope.Begin();
        await Assert.ThrowsAsync<InvalidOperationException>(() => Database.WriteAsync(_ => throw new InvalidOperationException(), Cancel));
        Assert.Equal(0, await CountAsync("trail_event"));

        await Database.WriteAsync(_ => Task.CompletedTask, Cancel);
        await Database.WriteAsync(_ => Task.CompletedTask, Cancel);

        Assert.Equal(1, await CountAsync("trail_event"));
    }

    [Theory]
    [InlineData(TrailAttribute.None, "")]
    [InlineData(TrailAttribute.EventName, "PutImage")]
    [InlineData(TrailAttribute.ReadOnly, "false")]
    [InlineData(TrailAttribute.Username, "ann")]
    [InlineData(TrailAttribute.ResourceType, "AWS::ECR::Repository")]
    [InlineData(TrailAttribute.ResourceName, "arn:aws:ecr:us-east-1:123456789012:repository/app")]
    [InlineData(TrailAttribute.ResourceName, "app")]
    [InlineData(TrailAttribute.EventSource, "ecr.amazonaws.com")]
    [InlineData(TrailAttribute.AccessKeyId, "AKIAANN")]
    public async Task Every_attribute_finds_its_events_newest_first_and_page_by_page(TrailAttribute attribute, string value)
    {
        var events = Enumerable.Range(0, 7).Select(i => Event("PutImage") with { Time = Time.GetUtcNow().AddSeconds(i / 2) }).ToList();
        var other = Event("Other") with { Source = "iam.amazonaws.com", IsReadOnly = true, Username = "bob", AccessKeyId = "AKIABOB", Resources = [] };
        await RecordAsync([.. events, .. attribute is TrailAttribute.None ? Array.Empty<TrailEvent>() : [other]]);
        var question = new TrailQuestion(Home) { Attribute = attribute, Value = value };

        var found = new List<FoundEvent>();
        while (await new TrailLookup(Database).FindAsync(question, 3, Cancel) is { Count: > 0 } page)
        {
            found.AddRange(page);
            question = question with { Before = page[^1].Place };
        }

        Assert.Equal(
            events.OrderByDescending(what => what.Time).ThenByDescending(what => what.Id, StringComparer.Ordinal).Select(what => what.Id),
            found.Select(place => place.Event.Id),
            StringComparer.Ordinal);
    }

    [Fact]
    public async Task An_event_is_found_by_its_id_and_between_two_seconds()
    {
        var (early, late) = (Event("Early"), Event("Late") with { Time = Time.GetUtcNow().AddSeconds(10) });
        await RecordAsync(early, late);

        Assert.Equal("Late", await NamesAsync(new(Home) { Attribute = TrailAttribute.EventId, Value = late.Id }));
        Assert.Equal("Early", await NamesAsync(new(Home) { End = Time.GetUtcNow() }));
        Assert.Equal("Late", await NamesAsync(new(Home) { Start = Time.GetUtcNow().AddSeconds(1) }));
        Assert.Empty(await NamesAsync(new(Home with { Region = RegionName.Parse("eu-west-1") })));
    }

    [Fact]
    public async Task A_copy_for_an_account_that_is_none_is_not_kept()
    {
        await RecordAsync(Event("ListImages") with { IsCopy = true });

        Assert.Equal(0, await CountAsync("trail_event"));
    }

    [Fact]
    public async Task Records_are_forgotten_when_they_are_old_enough_and_not_before()
    {
        await RecordAsync([.. Enumerable.Range(0, 501).Select(_ => Event("Old"))]);
        Time.Advance(TimeSpan.FromDays(60));
        await RecordAsync(Event("Young"));
        Time.Advance(TimeSpan.FromDays(31));

        await new ForgetTrailHandler(Database, new(), Time).RunAsync("{}", Cancel);

        Assert.Equal("Young", await NamesAsync(new(Home)));
        Assert.Equal(1, await CountAsync("trail_resource"));
    }

    [Fact]
    public async Task What_is_added_to_the_queue_is_there_when_it_was_flushed_and_nothing_of_many_is_left_out()
    {
        await using var queue = new TrailQueue(Database, Time, NullLogger<TrailQueue>.Instance);
        for (var i = 0; i < 300; i++)
        {
            await queue.AddAsync(Event("BatchGetImage"));
        }

        var last = Event("GetAuthorizationToken");
        await queue.AddAsync(last);
        await queue.CompleteAsync(last with { Record = "{\"done\":true}"u8.ToArray() });
        await queue.FlushAsync();

        Assert.Equal(301, await CountAsync("trail_event"));
        var found = await new TrailLookup(Database).FindAsync(new(Home) { Attribute = TrailAttribute.EventId, Value = last.Id }, 1, Cancel);
        Assert.Equal("{\"done\":true}"u8.ToArray(), found[0].Event.Record);
    }

    private async Task<string> NamesAsync(TrailQuestion question) =>
        string.Join(' ', (await new TrailLookup(Database).FindAsync(question, 50, Cancel)).Select(found => found.Event.Name));

    private async Task<JsonElement> RecordAsync() =>
        JsonElement.Parse((await Database.ReadAsync(rows => rows.FindAsync<byte[]>("SELECT record FROM trail_event"), Cancel))!);
}
