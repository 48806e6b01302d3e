using System.Text.Json;
using Berth.Storage.Rows;

namespace Berth.Registry;

/// <summary>
/// Into the recycle bin and out of it, inside a transaction. What is in it is in no other table, so that nobody meets it by
/// chance; only its layers stay where they are, held.
/// </summary>
internal static class RecycleBin
{
    /// <summary>To be called before an image's rows are taken apart: keeps what is needed to put them together again.</summary>
    public static async Task KeepAsync(Transaction tx, string repositoryKey, string digest, Recycling why, long now)
    {
        var names = await tx.QueryAsync<string>(
            "SELECT name FROM tag WHERE repository_id = @repositoryKey AND digest = @digest ORDER BY name", new { repositoryKey, digest });
        var at = new { repository = repositoryKey, digest, now, by = why.By, rule = why.RulePriority, tags = JsonSerializer.Serialize(names) };
        await tx.ExecuteAsync(
            """
            INSERT INTO recycled_image (repository_id, digest, deleted_at, deleted_by, rule_priority, media_type, artifact_type, subject, size,
                                        pushed_at, status, archived_at, activated_at, pulled_at, tags, sparse, content)
            SELECT i.repository_id, i.digest, @now, @by, @rule, i.media_type, i.artifact_type, i.subject, i.size,
                   i.pushed_at, i.status, i.archived_at, i.activated_at, i.pulled_at, @tags,
                   EXISTS (SELECT 1 FROM descriptor d
                            WHERE d.repository_id = @repository AND d.image = @digest AND d.role = 'image'
                              AND NOT EXISTS (SELECT 1 FROM image c WHERE c.repository_id = @repository AND c.digest = d.target)),
                   m.content
              FROM image i JOIN manifest m ON m.repository_id = i.repository_id AND m.digest = i.digest
             WHERE i.repository_id = @repository AND i.digest = @digest
            """,
            at);
        await tx.ExecuteAsync(
            """
            INSERT INTO recycled_descriptor (repository_id, image, target, role)
            SELECT d.repository_id, d.image, d.target, d.role FROM descriptor d
             WHERE d.repository_id = @repository AND d.image = @digest
               AND (d.role = 'image' OR EXISTS (SELECT 1 FROM layer l WHERE l.repository_id = @repository AND l.digest = d.target))
            """,
            at);
        await tx.ExecuteAsync(
            """
            UPDATE layer SET held = TRUE
             WHERE repository_id = @repository AND NOT held
               AND digest IN (SELECT target FROM recycled_descriptor WHERE repository_id = @repository AND image = @digest AND role = 'blob')
            """,
            at);
    }

    /// <summary>
    /// Takes an image out of the bin, if it is there. What it held and nobody refers to is the collector's; its grace period
    /// began when the image was deleted, and anew whenever somebody was told of the layer.
    /// </summary>
    public static async Task ForgetAsync(Transaction tx, string repositoryKey, string digest)
    {
        var at = new { repository = repositoryKey, digest };
        if (await tx.ExecuteAsync("DELETE FROM recycled_image WHERE repository_id = @repository AND digest = @digest", at) == 0)
        {
            return;
        }

        await tx.ExecuteAsync(
            """
            UPDATE layer SET held = FALSE
             WHERE repository_id = @repository
               AND digest IN (SELECT target FROM recycled_descriptor WHERE repository_id = @repository AND image = @digest AND role = 'blob')
               AND NOT EXISTS (SELECT 1 FROM recycled_descriptor other
                                WHERE other.repository_id = @repository AND other.target = layer.digest
                                  AND other.role = 'blob' AND other.image <> @digest)
            """,
            at);
        await tx.ExecuteAsync("DELETE FROM recycled_descriptor WHERE repository_id = @repository AND image = @digest", at);
    }
}

/// <summary>Why an image came into the bin.</summary>
/// <param name="By">Who deleted it: <c>API</c> or <c>LIFECYCLE</c>.</param>
/// <param name="RulePriority">Which rule of the lifecycle policy it was.</param>
internal sealed record Recycling(string By, int? RulePriority)
{
    /// <summary>A client did.</summary>
    public static Recycling ByCall { get; } = new("API", RulePriority: null);

    /// <summary>A lifecycle policy did.</summary>
    public static Recycling ByRule(int priority) => new("LIFECYCLE", priority);
}
