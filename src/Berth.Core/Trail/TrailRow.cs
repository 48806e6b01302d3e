using Berth.Storage.Rows;

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
        Username = what.Username,
        AccessKeyId = what.AccessKeyId,
        Resources = what.Resources.Count is 0 ? "" : string.Join('\n', what.Resources.Select(resource => $"{resource.Type} {resource.Name}")),
        Record = what.Record,
    };

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
