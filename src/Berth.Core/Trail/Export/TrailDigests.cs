using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Trail.Export;

/// <summary>
/// Makes the chain of digests. A digest is kept in its row until the next one, so that a run that was killed before its file was
/// written writes it at the next.
/// </summary>
internal sealed class TrailDigests(Database database, TimeProvider time)
{
    /// <summary>Makes the next digest, of the files that none names yet; also of no file, which says that nothing was exported.</summary>
    public async Task ExtendAsync(ExportFolders folders, RegistryId registry, RSA key, CancellationToken cancel)
    {
        var last = await database.ReadAsync(rows => FindLastAsync(rows, registry), cancel);
        if (last is not null)
        {
            await WriteAsync(folders, registry, last);
        }

        var now = DateTimeOffset.FromUnixTimeSeconds(time.GetUtcNow().ToUnixTimeSeconds());
        if (last?.EndAt >= now.ToUnixTimeMilliseconds())
        {
            return;
        }

        await WriteAsync(folders, registry, await database.WriteAsync(tx => AppendAsync(tx, registry, now, key), cancel));
    }

    private static async Task<Row> AppendAsync(Transaction tx, RegistryId registry, DateTimeOffset now, RSA key)
    {
        var last = await FindLastAsync(tx, registry);
        var files = await tx.QueryAsync<FileRow>(
            """
            SELECT path, oldest_at, newest_at, hash FROM trail_file
             WHERE account = @account AND region = @region AND digest IS NULL AND hash IS NOT NULL ORDER BY path
            """,
            new { account = registry.Account.ToString(), region = registry.Region.ToString() });
        var digest = Make(registry, now, files, last) with { DigestPublicKeyFingerprint = TrailKeys.FingerprintOf(key) };
        var content = digest.ToBytes();
        var row = new Row
        {
            Account = registry.Account.ToString(),
            Region = registry.Region.ToString(),
            Number = (last?.Number ?? 0) + 1,
            Path = digest.Path,
            Content = content,
            Hash = Convert.ToHexStringLower(SHA256.HashData(content)),
            Signature = digest.Sign(content, key),
            EndAt = now.ToUnixTimeMilliseconds(),
        };
        await tx.ExecuteAsync(
            """
            INSERT INTO trail_digest (account, region, number, path, content, hash, signature, end_at)
            VALUES (@Account, @Region, @Number, @Path, @Content, @Hash, @Signature, @EndAt)
                ON CONFLICT (account, region) DO UPDATE SET
                   number = @Number, path = @Path, content = @Content, hash = @Hash, signature = @Signature, end_at = @EndAt
            """,
            row);
        await tx.ExecuteAsync(
            "UPDATE trail_file SET digest = @Number WHERE account = @Account AND region = @Region AND digest IS NULL AND hash IS NOT NULL", row);
        return row;
    }

    private static TrailDigest Make(RegistryId registry, DateTimeOffset now, IReadOnlyList<FileRow> files, Row? last) => new()
    {
        AwsAccountId = registry.Account.ToString(),
        DigestStartTime = RecordJson.Moment(last is null ? now : Time(last.EndAt)),
        DigestEndTime = RecordJson.Moment(now),
        Path = ExportNames.OfDigest(registry, now),
        DigestPublicKeyFingerprint = "",
        NewestEventTime = files.Count == 0 ? null : RecordJson.Moment(Time(files.Max(file => file.NewestAt))),
        OldestEventTime = files.Count == 0 ? null : RecordJson.Moment(Time(files.Min(file => file.OldestAt))),
        PreviousPath = last?.Path,
        PreviousDigestHashValue = last?.Hash,
        PreviousDigestSignature = last?.Signature,
        LogFiles =
        [
            .. files.Select(file => new DigestedFile
            {
                Path = file.Path,
                HashValue = file.Hash,
                NewestEventTime = RecordJson.Moment(Time(file.NewestAt)),
                OldestEventTime = RecordJson.Moment(Time(file.OldestAt)),
            }),
        ],
    };

    // The head of the chain is told to the data folder too: from the exported folder alone nobody could see that the end is missing.
    private static async Task WriteAsync(ExportFolders folders, RegistryId registry, Row row)
    {
        await TrailFolder.WriteCompressedAsync(folders.Exported, row.Path, row.Content);
        await TrailFolder.WriteAsync(
            folders.Exported, row.Path + ExportNames.Signature, async file => await file.WriteAsync(Encoding.ASCII.GetBytes(row.Signature)));
        var head = JsonSerializer.SerializeToUtf8Bytes(new TrailHead(row.Path, row.Hash, row.Signature));
        await TrailFolder.WriteAsync(folders.Kept, TrailHead.NameOf(registry), async file => await file.WriteAsync(head));
    }

    private static DateTimeOffset Time(long at) => DateTimeOffset.FromUnixTimeMilliseconds(at);

    private static Task<Row?> FindLastAsync(RowReader rows, RegistryId registry) => rows.FindAsync<Row>(
        "SELECT number, path, content, hash, signature, end_at FROM trail_digest WHERE account = @account AND region = @region",
        new { account = registry.Account.ToString(), region = registry.Region.ToString() });

    private sealed record Row
    {
        public string Account { get; init; } = "";
        public string Region { get; init; } = "";
        public long Number { get; init; }
        public string Path { get; init; } = "";
        public byte[] Content { get; init; } = [];
        public string Hash { get; init; } = "";
        public string Signature { get; init; } = "";
        public long EndAt { get; init; }
    }

    private sealed record FileRow
    {
        public string Path { get; init; } = "";
        public long OldestAt { get; init; }
        public long NewestAt { get; init; }
        public string Hash { get; init; } = "";
    }
}

/// <summary>The last digest of a chain, as the server itself knows it.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Hash">The SHA-256 of its content.</param>
/// <param name="Signature">Its signature.</param>
internal sealed record TrailHead(string Path, string Hash, string Signature)
{
    /// <summary>The end of the names of heads.</summary>
    public const string Ending = ".head.json";

    /// <summary>The file of a chain's head.</summary>
    public static string NameOf(RegistryId registry) => $"{registry.Account}_{registry.Region}{Ending}";
}
