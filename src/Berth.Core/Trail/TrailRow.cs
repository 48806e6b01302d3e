using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Trail;

/// <summary>The row of an event.</summary>
internal sealed record TrailRow
{
    public string Id { get; init; } = "";
    public string Account { get; init; } = "";
    public string Region { get; init; } = "";
    public long At { get; init; }
    public long RecordedAt { get; init; }
    public string Name { get; init; } = "";
    public string Source { get; init; } = "";
    public bool ReadOnly { get; init; }
    public string? Username { get; init; }
    public string? AccessKeyId { get; init; }
    public string Resources { get; init; } = "";
    public byte[] Record { get; init; } = [];

    /// <summary>What it was about.</summary>
    public IEnumerable<TrailResource> ResourceList => Resources.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => line.Split(' ', 2))
        .Select(parts => new TrailResource(parts[0], parts[1]));

    private const string Columns =
        "id, account, region, at, recorded_at, name, source, read_only, username, access_key_id, resources, record";

    private const string Values =
        "@Id, @Account, @Region, @At, @RecordedAt, @Name, @Source, @ReadOnly, @Username, @AccessKeyId, @Resources, @Record";

    private const string Own = $"INSERT INTO trail_event ({Columns}) VALUES ({Values}) ON CONFLICT (id) DO NOTHING";

    // Whoever names an account that is none makes no rows.
    private const string Copy =
        $"""
        INSERT INTO trail_event ({Columns})
        SELECT {Values} WHERE EXISTS (SELECT 1 FROM account a WHERE a.id = @Account)
            ON CONFLICT (id) DO NOTHING
        """;

    private const string Resource =
        """
        INSERT INTO trail_resource (event_id, account, region, type, name, at) VALUES (@EventId, @Account, @Region, @Type, @Name, @At)
        """;

    /// <summary>The row of an event that is recorded at a moment.</summary>
    public static TrailRow Of(TrailEvent what, long now) => new()
    {
        Id = what.Id,
        Account = what.Registry.Account.ToString(),
        Region = what.Registry.Region.ToString(),
        At = what.Time.ToUnixTimeMilliseconds(),
        RecordedAt = now,
        Name = what.Name,
        Source = what.Source,
        ReadOnly = what.IsReadOnly,
        Username = what.Username?.Replace("\0", "", StringComparison.Ordinal), // PostgreSQL has no such character
        AccessKeyId = what.AccessKeyId,
        Resources = what.Resources.Count is 0 ? "" : string.Join('\n', what.Resources.Select(resource => $"{resource.Type} {resource.Name}")),
        Record = what.Record,
    };

    /// <summary>The event of the row.</summary>
    public TrailEvent ToEvent() => new(
        Id, new(AccountId.Parse(Account), RegionName.Parse(Region)), DateTimeOffset.FromUnixTimeMilliseconds(At), Name, Source)
    {
        IsReadOnly = ReadOnly,
        Username = Username,
        AccessKeyId = AccessKeyId,
        Resources = [.. ResourceList],
        Record = Record,
    };

    /// <summary>
    /// Records many events, none of which is there yet. Statements are few and each is prepared once, which is most of the cost of a
    /// record.
    /// </summary>
    public static async Task InsertAsync(Transaction tx, IReadOnlyList<TrailEvent> events, long now)
    {
        var own = events.Where(what => !what.IsCopy).ToArray();
        var rows = Array.ConvertAll(own, what => Of(what, now));
        if (rows.Length > 0)
        {
            await tx.ExecuteAsync(Own, rows);
        }

        var resources = own.Zip(rows).SelectMany(pair => pair.First.Resources.Select(resource => ResourceRow.Of(pair.Second, resource))).ToArray();
        if (resources.Length > 0)
        {
            await tx.ExecuteAsync(Resource, resources);
        }

        foreach (var copy in events.Where(what => what.IsCopy))
        {
            await InsertAsync(tx, copy, now);
        }
    }

    /// <summary>Records an event. One that is there already, by a call's first write, stays as it is.</summary>
    public static async Task InsertAsync(Transaction tx, TrailEvent what, long now)
    {
        var row = Of(what, now);
        if (await tx.ExecuteAsync(what.IsCopy ? Copy : Own, row) > 0 && what.Resources.Count > 0)
        {
            await tx.ExecuteAsync(Resource, what.Resources.Select(resource => ResourceRow.Of(row, resource)).ToArray());
        }
    }
}

/// <summary>The row of something that an event was about.</summary>
internal sealed record ResourceRow(string EventId, string Account, string Region, string Type, string Name, long At)
{
    /// <summary>The row of one resource.</summary>
    public static ResourceRow Of(TrailRow row, TrailResource resource) =>
        new(row.Id, row.Account, row.Region, resource.Type, resource.Name, row.At);
}
