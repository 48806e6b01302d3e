using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Identity;

/// <summary>Where a key was used.</summary>
/// <param name="Service">The service it signed for, such as <c>ecr</c>.</param>
/// <param name="Region">The Region it signed for.</param>
public sealed record AccessKeyUse(string Service, string Region);

/// <summary>
/// Records when and where keys were last good. One use in some minutes is written, beside the request and not by it: what is lost
/// when a write fails or the process ends is worth less than a request's time.
/// </summary>
public sealed class AccessKeyUses(Database database, TimeProvider time)
{
    /// <summary>For how long further uses of a key go unwritten.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);

    private readonly BoundedCache<string, long> noted = new(most: 10_000);

    /// <summary>The last write that was begun; tests wait for it.</summary>
    internal Task Writing { get; private set; } = Task.CompletedTask;

    /// <summary>Takes note of a use. Costs a look-up in memory, save for the first use in a while.</summary>
    public void Note(string keyId, AccessKeyUse use)
    {
        if (noted.TryGet(keyId, out var last) && time.GetElapsedTime(last) < Interval)
        {
            return;
        }

        noted.Set(keyId, time.GetTimestamp());
        Writing = WriteAsync(keyId, use);
    }

    // A key that is gone meanwhile gets no row. A key the host gave has none of its own, nor one here.
    private async Task WriteAsync(string keyId, AccessKeyUse use)
    {
        await Task.Yield();
        try
        {
            await database.WriteAsync(
                tx => tx.ExecuteAsync(
                    """
                    INSERT INTO access_key_use (id, used_at, service, region)
                    SELECT k.id, @now, @Service, @Region FROM access_key k WHERE k.id = @keyId
                        ON CONFLICT (id) DO UPDATE SET used_at = @now, service = @Service, region = @Region
                    """,
                    new { keyId, now = time.GetUtcNow().ToUnixTimeMilliseconds(), use.Service, use.Region }),
                CancellationToken.None);
        }
        catch (Exception failure) when (failure is FaultException or ObjectDisposedException or InvalidOperationException)
        {
            noted.Remove(keyId);
        }
    }
}
