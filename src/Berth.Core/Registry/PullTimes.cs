using Berth.Storage.Rows;
using Berth.Vocabulary;
using Microsoft.Extensions.Logging;

namespace Berth.Registry;

/// <summary>
/// Writes down when images were last pulled: not by each pull but for all images at once every few seconds, so that a pull costs an
/// entry in memory. A process that is killed loses those seconds; one that is stopped loses nothing.
/// </summary>
public sealed class PullTimes(Database database, TimeProvider time)
{
    /// <summary>How often they are written.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How many images can wait to be written. While a database does not answer, no more are remembered; within seconds so many
    /// different ones are not pulled.
    /// </summary>
    internal const int Most = 20_000;

    // What a transaction writes keeps others waiting, for some milliseconds.
    private const int Batch = 500;

    private readonly Lock gate = new();
    private Dictionary<PulledImage, long> noted = [];

    /// <summary>Takes note of a pull, at this moment.</summary>
    public void Note(RepositoryId repository, Digest digest)
    {
        var (image, now) = (new PulledImage(repository, digest), time.GetUtcNow().ToUnixTimeMilliseconds());
        lock (gate)
        {
            Keep(image, now);
        }
    }

    /// <summary>Writes what was noted. What cannot be written is kept for the next time, and the fault is the storage's.</summary>
    public async Task FlushAsync()
    {
        var pulls = Take();
        for (var written = 0; written < pulls.Count; written += Batch)
        {
            var rest = pulls.GetRange(written, pulls.Count - written);
            try
            {
                await database.WriteAsync(tx => WriteAsync(tx, rest.Take(Batch)), CancellationToken.None);
            }
            catch
            {
                TakeBack(rest);
                throw;
            }
        }
    }

    /// <summary>Writes what was noted from time to time until it is cancelled, and then once more.</summary>
    public async Task RunAsync(ILogger<PullTimes> log, CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(Interval, time);
        bool goesOn;
        do
        {
            goesOn = await WaitAsync(timer, cancel);
            try
            {
                await FlushAsync();
            }
            catch (Exception failure)
            {
                log.LogWarning(failure, "the times of the last pulls were not written");
            }
        }
        while (goesOn);
    }

    private static async Task<bool> WaitAsync(PeriodicTimer timer, CancellationToken cancel)
    {
        try
        {
            return await timer.WaitForNextTickAsync(cancel);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private List<KeyValuePair<PulledImage, long>> Take()
    {
        lock (gate)
        {
            var taken = noted;
            noted = [];
            return [.. taken];
        }
    }

    private void TakeBack(List<KeyValuePair<PulledImage, long>> pulls)
    {
        lock (gate)
        {
            foreach (var (image, moment) in pulls)
            {
                Keep(image, moment);
            }
        }
    }

    private void Keep(PulledImage image, long moment)
    {
        if (noted.TryGetValue(image, out var known) ? known < moment : noted.Count < Most)
        {
            noted[image] = moment;
        }
    }

    // Another node may have seen a later pull. An image that is gone meanwhile has no row.
    private static async Task WriteAsync(Transaction tx, IEnumerable<KeyValuePair<PulledImage, long>> pulls)
    {
        foreach (var ((repository, digest), moment) in pulls)
        {
            await tx.ExecuteAsync(
                """
                UPDATE image SET pulled_at = @moment
                 WHERE repository_id =
                           (SELECT id FROM repository WHERE account = @account AND region = @region AND name = @name AND deleted_at IS NULL)
                   AND digest = @digest AND (pulled_at IS NULL OR pulled_at < @moment)
                """,
                new
                {
                    account = repository.Account.ToString(),
                    region = repository.Registry.Region.ToString(),
                    name = repository.Name.ToString(),
                    digest = digest.ToString(),
                    moment,
                });
        }
    }

    private readonly record struct PulledImage(RepositoryId Repository, Digest Digest);
}
