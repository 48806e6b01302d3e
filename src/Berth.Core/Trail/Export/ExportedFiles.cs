using System.IO.Compression;
using System.Security.Cryptography;
using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Trail.Export;

/// <summary>
/// Puts records into files. A record is first given to a file, by name and in a transaction, and the file is written then: killed
/// in between, the next run writes the same file again. So every record is in one file, and in no other.
/// </summary>
internal sealed class ExportedFiles(Database database, Ids ids, TimeProvider time)
{
    private const int MostRecords = 2000;
    private const int Page = 100;

    // A record may be completed a moment after it was made; what is in a file is never changed.
    private static readonly TimeSpan Settling = TimeSpan.FromMinutes(1);

    /// <summary>Writes all that waits and has settled.</summary>
    public async Task ExportAsync(string folder, RegistryId registry, CancellationToken cancel)
    {
        while (true)
        {
            foreach (var path in await FindUnwrittenAsync(registry, cancel))
            {
                var hash = await WriteAsync(folder, path, cancel);
                await database.WriteAsync(
                    tx => tx.ExecuteAsync("UPDATE trail_file SET hash = @hash WHERE path = @path", new { hash, path }), cancel);
            }

            if (!await ClaimAsync(registry, cancel))
            {
                return;
            }
        }
    }

    private Task<IReadOnlyList<string>> FindUnwrittenAsync(RegistryId registry, CancellationToken cancel) => database.ReadAsync(
        rows => rows.QueryAsync<string>(
            "SELECT path FROM trail_file WHERE account = @account AND region = @region AND digest IS NULL AND hash IS NULL ORDER BY path",
            new { account = registry.Account.ToString(), region = registry.Region.ToString() }),
        cancel);

    // Gives a file the oldest records that wait; false when none does.
    private Task<bool> ClaimAsync(RegistryId registry, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var terms = new
        {
            account = registry.Account.ToString(),
            region = registry.Region.ToString(),
            path = ExportNames.OfLog(registry, now, ids.NewGuid().ToString("N")[..16]),
            settled = (now - Settling).ToUnixTimeMilliseconds(),
            limit = MostRecords,
        };
        return database.WriteAsync(
            async tx => await tx.ExecuteAsync(
                    """
                    UPDATE trail_event SET file = @path WHERE id IN (
                        SELECT id FROM trail_event
                         WHERE account = @account AND region = @region AND file IS NULL AND recorded_at <= @settled
                         ORDER BY recorded_at, id LIMIT @limit)
                    """,
                    terms) > 0
                && await tx.ExecuteAsync(
                    """
                    INSERT INTO trail_file (path, account, region, oldest_at, newest_at)
                    SELECT @path, @account, @region, MIN(e.at), MAX(e.at) FROM trail_event e WHERE e.file = @path
                    """,
                    terms) > 0,
            cancel);
    }

    private async Task<string> WriteAsync(string folder, string path, CancellationToken cancel)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await TrailFolder.WriteAsync(folder, path, async file =>
        {
            await using var compressed = new GZipStream(file, CompressionLevel.Optimal, leaveOpen: true);
            await AppendAsync("{\"Records\":["u8.ToArray());
            var isFirst = true;
            await foreach (var record in ReadAsync(path, cancel))
            {
                await AppendAsync(isFirst ? record : [(byte)',', .. record]);
                isFirst = false;
            }

            await AppendAsync("]}"u8.ToArray());

            async Task AppendAsync(byte[] bytes)
            {
                hash.AppendData(bytes);
                await compressed.WriteAsync(bytes, cancel);
            }
        });
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private async IAsyncEnumerable<byte[]> ReadAsync(string path, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        var (at, id) = (long.MinValue, "");
        while (true)
        {
            var page = await database.ReadAsync(
                rows => rows.QueryAsync<TrailRow>(
                    """
                    SELECT id, recorded_at, record FROM trail_event
                     WHERE file = @path AND (recorded_at, id) > (@at, @id) ORDER BY recorded_at, id LIMIT @limit
                    """,
                    new { path, at, id, limit = Page }),
                cancel);
            foreach (var row in page)
            {
                yield return row.Record;
                (at, id) = (row.RecordedAt, row.Id);
            }

            if (page.Count < Page)
            {
                yield break;
            }
        }
    }
}
