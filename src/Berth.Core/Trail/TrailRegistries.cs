using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Trail;

/// <summary>The accounts and Regions that have records.</summary>
internal static class TrailRegistries
{
    /// <summary>The one after another, or the first; null when there is none. It costs a look into an index, however many records there are.</summary>
    public static Task<RegistryId?> FindNextAsync(Database database, RegistryId? after, CancellationToken cancel) => database.ReadAsync(
        async rows =>
        {
            var row = await rows.FindAsync<Row>(
                """
                SELECT account, region FROM trail_event
                 WHERE (account, region) > (@account, @region) ORDER BY account, region LIMIT 1
                """,
                new { account = after?.Account.ToString() ?? "", region = after?.Region.ToString() ?? "" });
            return row is null ? (RegistryId?)null : new(AccountId.Parse(row.Account), RegionName.Parse(row.Region));
        },
        cancel);

    private sealed record Row
    {
        public string Account { get; init; } = "";

        public string Region { get; init; } = "";
    }
}
