using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Trail;

/// <summary>What events are found by.</summary>
public enum TrailAttribute
{
    /// <summary>Every event.</summary>
    None,

    /// <summary>The id.</summary>
    EventId,

    /// <summary>The operation.</summary>
    EventName,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    ReadOnly,

    /// <summary>The caller's name.</summary>
    Username,

    /// <summary>The type of something it was about.</summary>
    ResourceType,

    /// <summary>Something it was about: its ARN, or its name alone.</summary>
    ResourceName,

    /// <summary>The service.</summary>
    EventSource,

    /// <summary>The access key that signed.</summary>
    AccessKeyId,
}

/// <summary>What is asked of the trail of an account in a Region.</summary>
/// <param name="Registry">The account and the Region.</param>
public sealed record TrailQuestion(RegistryId Registry)
{
    /// <summary>What events are found by.</summary>
    public TrailAttribute Attribute { get; init; }

    /// <summary>The attribute's value.</summary>
    public string Value { get; init; } = "";

    /// <summary>The first second.</summary>
    public DateTimeOffset Start { get; init; } = DateTimeOffset.UnixEpoch;

    /// <summary>The last second.</summary>
    public DateTimeOffset End { get; init; } = DateTimeOffset.FromUnixTimeSeconds(253_402_300_799);

    /// <summary>The last event before the page; null for the newest.</summary>
    public TrailPlace? Before { get; init; }
}

/// <summary>Where an event stands in the trail.</summary>
/// <param name="At">When it was asked for, in Unix milliseconds.</param>
/// <param name="Id">Its id.</param>
public readonly record struct TrailPlace(long At, string Id);

/// <summary>An event that was found.</summary>
/// <param name="Place">Where it stands.</param>
/// <param name="Event">The event.</param>
public sealed record FoundEvent(TrailPlace Place, TrailEvent Event);

/// <summary>Looks up the trail, newest first. What a page costs does not depend on how long the trail is.</summary>
public sealed class TrailLookup(Database database)
{
    private const string Columns =
        "e.id, e.account, e.region, e.at, e.name, e.source, e.read_only, e.username, e.access_key_id, e.resources, e.record";

    /// <summary>The newest events that answer a question.</summary>
    public Task<IReadOnlyList<FoundEvent>> FindAsync(TrailQuestion question, int limit, CancellationToken cancel) =>
        database.ReadAsync<IReadOnlyList<FoundEvent>>(
            async rows => [.. (await FindAsync(rows, question, limit)).Select(row => new FoundEvent(new(row.At, row.Id), row.ToEvent()))],
            cancel);

    private static async Task<IEnumerable<TrailRow>> FindAsync(RowReader rows, TrailQuestion question, int limit)
    {
        switch (question.Attribute)
        {
            case TrailAttribute.ResourceType:
                return await FindByResourceAsync(rows, question, "type", limit);
            case TrailAttribute.ResourceName:
                var found = await FindByResourceAsync(rows, question, "name", limit);
                return AsRepository(question) is { } repository
                    ? Merge([.. found, .. await FindByResourceAsync(rows, repository, "name", limit)], limit)
                    : found;
            default:
                return await FindAsync(rows, question, ColumnOf(question.Attribute), limit);
        }
    }

    private static Task<IReadOnlyList<TrailRow>> FindAsync(RowReader rows, TrailQuestion question, string? column, int limit) =>
        rows.QueryAsync<TrailRow>(
            $"""
            SELECT {Columns} FROM trail_event e
             WHERE e.account = @account AND e.region = @region {(column is null ? "" : $"AND e.{column} = @value")}
               AND e.at >= @start AND e.at <= @end AND (e.at, e.id) < (@beforeAt, @beforeId)
             ORDER BY e.at DESC, e.id DESC LIMIT @limit
            """,
            Parameters(question, limit));

    // An event may be about several things of a type, and is found once.
    private static Task<IReadOnlyList<TrailRow>> FindByResourceAsync(RowReader rows, TrailQuestion question, string column, int limit) =>
        rows.QueryAsync<TrailRow>(
            $"""
            SELECT {Columns}
              FROM (SELECT DISTINCT r.at, r.event_id FROM trail_resource r
                     WHERE r.account = @account AND r.region = @region AND r.{column} = @value
                       AND r.at >= @start AND r.at <= @end AND (r.at, r.event_id) < (@beforeAt, @beforeId)
                     ORDER BY r.at DESC, r.event_id DESC LIMIT @limit) found
              JOIN trail_event e ON e.id = found.event_id
             ORDER BY found.at DESC, found.event_id DESC
            """,
            Parameters(question, limit));

    private static object Parameters(TrailQuestion question, int limit)
    {
        var end = question.End.ToUnixTimeSeconds() * 1000 + 999;
        var (beforeAt, beforeId) = question.Before ?? new(end + 1, "");
        object value = question.Attribute is TrailAttribute.ReadOnly
            ? string.Equals(question.Value, "true", StringComparison.OrdinalIgnoreCase)
            : question.Value;
        return new
        {
            account = question.Registry.Account.ToString(),
            region = question.Registry.Region.ToString(),
            value,
            start = question.Start.ToUnixTimeSeconds() * 1000,
            end,
            beforeAt,
            beforeId,
            limit,
        };
    }

    // People name a repository without its ARN.
    private static TrailQuestion? AsRepository(TrailQuestion question) =>
        RepositoryName.TryParse(question.Value, out _) ? question with { Value = question.Registry.RepositoryArn(question.Value) } : null;

    private static IEnumerable<TrailRow> Merge(TrailRow[] rows, int limit) => rows
        .DistinctBy(row => row.Id, StringComparer.Ordinal)
        .OrderByDescending(row => row.At)
        .ThenByDescending(row => row.Id, StringComparer.Ordinal)
        .Take(limit);

    private static string? ColumnOf(TrailAttribute attribute) => attribute switch
    {
        TrailAttribute.EventId => "id",
        TrailAttribute.EventName => "name",
        TrailAttribute.ReadOnly => "read_only",
        TrailAttribute.Username => "username",
        TrailAttribute.EventSource => "source",
        TrailAttribute.AccessKeyId => "access_key_id",
        _ => null,
    };
}
