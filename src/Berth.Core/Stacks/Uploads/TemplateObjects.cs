using System.Security.Cryptography;
using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Stacks.Uploads;

/// <summary>What lies in the buckets of the upload area: templates, which are small, so they lie in rows.</summary>
public sealed class TemplateObjects(Database database, TimeProvider time)
{
    /// <summary>The most bytes: what CloudFormation takes from a URL ("Understand CloudFormation quotas").</summary>
    public const int MostBytes = 1024 * 1024;

    /// <summary>How many a bucket may hold.</summary>
    public const int MostObjects = 1000;

    private const string Columns = "key, size, etag, media_type, changed_at";

    /// <summary>
    /// Keeps bytes under a key, in place of what was there. Faults: <see cref="BucketNotFound"/>, <see cref="UploadedObjectTooLarge"/>,
    /// <see cref="TooManyUploads"/>.
    /// </summary>
    public async Task<TemplateObject> PutAsync(string bucket, string key, string mediaType, byte[] body, CancellationToken cancel)
    {
        if (body.Length > MostBytes)
        {
            throw new UploadedObjectTooLarge(MostBytes).AsException();
        }

        var kept = new TemplateObject(key, body.Length, ETagOf(body), mediaType, time.GetUtcNow());
        await database.WriteAsync(tx => PutAsync(tx, bucket, kept, body), cancel);
        return kept;
    }

    /// <summary>What lies under a key. Fault: <see cref="UploadedObjectNotFound"/>.</summary>
    public async Task<(TemplateObject Object, byte[] Body)> GetAsync(string bucket, string key, CancellationToken cancel)
    {
        var row = await database.ReadAsync(
            rows => rows.FindAsync<Row>($"SELECT {Columns}, body FROM template_object WHERE bucket = @bucket AND key = @key", new { bucket, key }), cancel);
        return row is null ? throw new UploadedObjectNotFound(bucket, key).AsException() : (row.ToObject(), row.Body);
    }

    /// <summary>A page of what lies under keys that begin so, from the one after <paramref name="after"/> on.</summary>
    public Task<IReadOnlyList<TemplateObject>> ListAsync(string bucket, string prefix, string after, int limit, CancellationToken cancel) =>
        database.ReadAsync<IReadOnlyList<TemplateObject>>(
            async rows =>
            {
                var found = await rows.QueryAsync<Row>(
                    $"""
                    SELECT {Columns} FROM template_object
                     WHERE bucket = @bucket AND key > @after AND key >= @prefix AND substr(key, 1, @length) = @prefix
                     ORDER BY key LIMIT @limit
                    """,
                    new { bucket, after, prefix, length = prefix.Length, limit });
                return [.. found.Select(row => row.ToObject())];
            },
            cancel);

    /// <summary>Removes what lies under a key, if anything does.</summary>
    public Task DeleteAsync(string bucket, string key, CancellationToken cancel) => database.WriteAsync(
        tx => tx.ExecuteAsync("DELETE FROM template_object WHERE bucket = @bucket AND key = @key", new { bucket, key }), cancel);

    // S3's entity tag of a plain upload is an MD5; it identifies bytes and protects nothing.
#pragma warning disable CA5351
    private static string ETagOf(byte[] body) => Convert.ToHexStringLower(MD5.HashData(body));
#pragma warning restore CA5351

    private static async Task PutAsync(Transaction tx, string bucket, TemplateObject kept, byte[] body)
    {
        if (await tx.FindAsync<string>("SELECT name FROM template_bucket WHERE name = @bucket", new { bucket }) is null)
        {
            throw new BucketNotFound(bucket).AsException();
        }

        await tx.ExecuteAsync(
            """
            INSERT INTO template_object (bucket, key, body, size, etag, media_type, changed_at)
            VALUES (@bucket, @Key, @body, @Size, @ETag, @MediaType, @changed)
            ON CONFLICT (bucket, key) DO UPDATE SET body = excluded.body, size = excluded.size, etag = excluded.etag,
                   media_type = excluded.media_type, changed_at = excluded.changed_at
            """,
            new { bucket, kept.Key, body, kept.Size, kept.ETag, kept.MediaType, changed = kept.ChangedAt.ToUnixTimeMilliseconds() });
        if (await tx.FindAsync<long>("SELECT count(*) FROM template_object WHERE bucket = @bucket", new { bucket }) > MostObjects)
        {
            throw new TooManyUploads("objects in a bucket", MostObjects).AsException();
        }
    }

    private sealed record Row
    {
        public string Key { get; init; } = "";

        public byte[] Body { get; init; } = [];

        public long Size { get; init; }

        public string Etag { get; init; } = "";

        public string MediaType { get; init; } = "";

        public long ChangedAt { get; init; }

        public TemplateObject ToObject() => new(Key, Size, Etag, MediaType, DateTimeOffset.FromUnixTimeMilliseconds(ChangedAt));
    }
}
