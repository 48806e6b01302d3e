using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Network;

/// <summary>The tags of what networks are made of.</summary>
public sealed class NetworkTags(NetworkObjects objects)
{
    private const int Most = 50;
    private const int MostValues = 32_000;

    /// <summary>Gives things tags; one of the same key is replaced. Faults: an id that is of nothing, too many tags.</summary>
    public Task AddAsync(RegistryId home, IReadOnlyList<string> ids, IReadOnlyList<NetworkTag> tags, CancellationToken cancel) =>
        objects.WriteAsync(
            async tx =>
            {
                foreach (var id in ids.Distinct(StringComparer.Ordinal))
                {
                    await RequireAsync(tx, home, id);
                    await PutAsync(tx, home, id, tags);
                }
            },
            cancel);

    /// <summary>Takes tags from things; those they do not have are none the less taken. A tag with a value is taken only when it has that.</summary>
    /// <param name="home">Whose.</param>
    /// <param name="ids">Of what.</param>
    /// <param name="tags">Which; null for all that are not AWS's own.</param>
    /// <param name="cancel">Ends the wait.</param>
    public Task RemoveAsync(
        RegistryId home, IReadOnlyList<string> ids, IReadOnlyList<(string Key, string? Value)>? tags, CancellationToken cancel) =>
        objects.WriteAsync(
            async tx =>
            {
                foreach (var id in ids.Distinct(StringComparer.Ordinal))
                {
                    await RequireAsync(tx, home, id);
                    await RemoveAsync(tx, id, tags);
                }
            },
            cancel);

    /// <summary>A page of tags in the order of ids and keys.</summary>
    public Task<IReadOnlyList<(string Id, NetworkTag Tag)>> ListAsync(
        RegistryId home, (string Id, string Key)? after, int limit, CancellationToken cancel) => objects.ReadAsync(
        async rows =>
        {
            var found = await rows.QueryAsync<NetworkTagRow>(
                """
                SELECT object_id, tag_key, tag_value FROM network_tag
                 WHERE account = @account AND region = @region AND (object_id > @id OR (object_id = @id AND tag_key > @key))
                 ORDER BY object_id, tag_key LIMIT @limit
                """,
                new { account = home.Account.ToString(), region = home.Region.ToString(), id = after?.Id ?? "", key = after?.Key ?? "", limit });
            return (IReadOnlyList<(string, NetworkTag)>)[.. found.Select(row => (row.ObjectId, new NetworkTag(row.TagKey, row.TagValue)))];
        },
        cancel);

    /// <summary>The tags of one thing, whether or not it is there.</summary>
    public Task<IReadOnlyList<NetworkTag>> FindAsync(RegistryId home, string id, CancellationToken cancel) => objects.ReadAsync(
        async rows =>
        {
            var found = await rows.QueryAsync<NetworkTagRow>(
                "SELECT object_id, tag_key, tag_value FROM network_tag WHERE object_id = @id AND account = @account AND region = @region",
                new { id, account = home.Account.ToString(), region = home.Region.ToString() });
            return (IReadOnlyList<NetworkTag>)[.. found.Select(row => new NetworkTag(row.TagKey, row.TagValue))];
        },
        cancel);

    /// <summary>The ids of what has a tag of that key and value, in their order.</summary>
    public Task<IReadOnlyList<string>> FindTaggedAsync(RegistryId home, NetworkTag tag, CancellationToken cancel) => objects.ReadAsync(
        rows => rows.QueryAsync<string>(
            """
            SELECT object_id FROM network_tag
             WHERE account = @account AND region = @region AND tag_key = @Key AND tag_value = @Value ORDER BY object_id
            """,
            new { account = home.Account.ToString(), region = home.Region.ToString(), tag.Key, tag.Value }),
        cancel);

    internal static async Task<ILookup<string, NetworkTag>> OfAsync(RowReader rows, IReadOnlyList<string> ids)
    {
        var found = new List<NetworkTagRow>();
        foreach (var some in ids.Chunk(MostValues))
        {
            var list = new ValueList("id", some);
            found.AddRange(await rows.QueryAsync<NetworkTagRow>(
                $"SELECT object_id, tag_key, tag_value FROM network_tag WHERE object_id IN {list} ORDER BY object_id, tag_key", list.With(new { })));
        }

        return found.ToLookup(row => row.ObjectId, row => new NetworkTag(row.TagKey, row.TagValue), StringComparer.Ordinal);
    }

    internal static Task PutAsync(Transaction tx, NetworkObject of, IReadOnlyList<NetworkTag> tags) => PutAsync(tx, of.Home, of.Id, tags);

    private static async Task PutAsync(Transaction tx, RegistryId home, string id, IReadOnlyList<NetworkTag> tags)
    {
        foreach (var tag in tags)
        {
            await tx.ExecuteAsync(
                """
                INSERT INTO network_tag (object_id, tag_key, tag_value, account, region) VALUES (@id, @Key, @Value, @account, @region)
                ON CONFLICT (object_id, tag_key) DO UPDATE SET tag_value = excluded.tag_value
                """,
                new { id, tag.Key, tag.Value, account = home.Account.ToString(), region = home.Region.ToString() });
        }

        var count = tags.Count == 0
            ? 0
            : await tx.FindAsync<long?>("SELECT COUNT(*) FROM network_tag WHERE object_id = @id AND tag_key NOT LIKE 'aws:%'", new { id });
        if (count > Most)
        {
            throw NetworkRefused.TooManyTags().AsException();
        }
    }

    private static async Task RemoveAsync(Transaction tx, string id, IReadOnlyList<(string Key, string? Value)>? tags)
    {
        if (tags is null)
        {
            await tx.ExecuteAsync("DELETE FROM network_tag WHERE object_id = @id AND tag_key NOT LIKE 'aws:%'", new { id });
            return;
        }

        foreach (var (key, value) in tags)
        {
            await tx.ExecuteAsync(
                "DELETE FROM network_tag WHERE object_id = @id AND tag_key = @key" + (value is null ? "" : " AND tag_value = @value"),
                new { id, key, value });
        }
    }

    private async Task RequireAsync(Transaction tx, RegistryId home, string id)
    {
        if (NetworkKind.OfId(id) is not { IsPart: false } kind)
        {
            throw NetworkRefused.NoSuchId(id).AsException();
        }

        if (!(await objects.PresentAsync(tx, home, [id])).Contains(id))
        {
            throw new NetworkObjectNotFound(kind, id).AsException();
        }
    }
}
