using Berth.Storage.Rows;

namespace Berth.Identity.Entities;

/// <summary>A row of <c>iam_role</c>.</summary>
internal sealed record RoleRow
{
    public string Id { get; init; } = "";

    public string Trust { get; init; } = "";

    public int MaxSession { get; init; }

    public long? LastUsedAt { get; init; }

    public string? LastUsedRegion { get; init; }

    /// <summary>The roles of entities that are some, in their order.</summary>
    public static async Task<IReadOnlyList<Role>> ReadAsync(RowReader rows, IReadOnlyList<Entity> entities)
    {
        var wanted = new ValueList("id", [.. entities.Select(entity => entity.Id)]);
        var found = (await rows.QueryAsync<RoleRow>(
                $"SELECT id, trust, max_session, last_used_at, last_used_region FROM iam_role WHERE id IN {wanted}",
                wanted.With(new { })))
            .ToDictionary(row => row.Id, StringComparer.Ordinal);
        var trusts = await PrincipalNames.ToArnsAsync(rows, [.. entities.Select(entity => found[entity.Id].Trust)]);
        return [.. entities.Zip(trusts, (entity, trust) => found[entity.Id].ToRole(entity, trust))];
    }

    /// <summary>A role with its tags and last use.</summary>
    public static async Task<Role> ReadWholeAsync(RowReader rows, Entity entity) =>
        (await ReadAsync(rows, [entity]))[0] with { Tags = await IamEntities.TagsAsync(rows, entity.Id) };

    private Role ToRole(Entity entity, string trust) =>
        new(entity, trust, TimeSpan.FromSeconds(MaxSession))
        {
            LastUsed = LastUsedAt is { } at ? new(DateTimeOffset.FromUnixTimeMilliseconds(at), LastUsedRegion ?? "") : null,
        };
}
