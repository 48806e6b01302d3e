using Berth.Registry;
using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Lifecycle;

/// <summary>Takes images that a plan names, within one transaction, and with each what follows it. One that has changed is left alone.</summary>
internal sealed class ImageTaking
{
    private readonly Transaction tx;
    private readonly string repository;
    private readonly LifecycleSettings settings;
    private readonly Dictionary<int, RuleSelection> rules;
    private readonly Dictionary<int, LifecycleRule> byPriority;
    private readonly long now;
    private readonly List<LifecycleImageAction> taken = [];
    private readonly List<LifecycleImageFailure> failed = [];

    public ImageTaking(Transaction tx, LifecyclePlanRow plan, LifecycleSettings settings, DateTimeOffset now)
    {
        (this.tx, repository, this.settings, this.now) = (tx, plan.RepositoryId, settings, now.ToUnixTimeMilliseconds());
        byPriority = LifecyclePolicy.Parse(plan.Document, settings.ExpiresByPull).Rules.ToDictionary(rule => rule.Priority);
        rules = byPriority.ToDictionary(rule => rule.Key, rule => new RuleSelection(rule.Value, plan.MadeAt));
    }

    /// <summary>What was taken.</summary>
    public IReadOnlyList<LifecycleImageAction> Taken => taken;

    /// <summary>What could not be.</summary>
    public IReadOnlyList<LifecycleImageFailure> Failed => failed;

    /// <summary>Takes the image of one step, if it is what was decided on and nothing holds it.</summary>
    public async Task TakeAsync(LifecycleResultRow step)
    {
        if (await LifecycleImageRows.FindAsync(tx, repository, [step.Digest]) is not [var image] || !await IsAsDecidedAsync(image, step))
        {
            return;
        }

        var expires = step.Action is "EXPIRE";
        var indexes = await IndexesOfAsync(image.Digest, onlyActive: !expires);
        if (indexes.Count > 0)
        {
            failed.Add(LifecycleImageFailure.ReferencedByIndex(image, step.RulePriority, indexes));
            return;
        }

        await TakeWithFollowersAsync(image, step.RulePriority, expires);
    }

    // Tags and storage class are what they were; a pull since may have made it young again; a subject may have been pushed for it.
    private async Task<bool> IsAsDecidedAsync(LifecycleImage image, LifecycleResultRow step) =>
        image.Mark == step.Mark
        && byPriority.ContainsKey(step.RulePriority)
        && (rules[step.RulePriority].IsCount || rules[step.RulePriority].IsTooOld(image))
        && (image.Subject is not { } subject || (await LifecycleImageRows.FindAsync(tx, repository, [subject])).Count == 0);

    private async Task TakeWithFollowersAsync(LifecycleImage first, int priority, bool expires)
    {
        var waiting = new Queue<LifecycleImage>([first]);
        var seen = new HashSet<string>([first.Digest], StringComparer.Ordinal);
        while (waiting.TryDequeue(out var image))
        {
            if (expires)
            {
                await ImageDeletion.RemoveAsync(tx, repository, image.Digest, settings.Recycles ? Recycling.ByRule(priority) : null, now);
            }
            else if (!await ImageArchive.ArchiveAsync(tx, repository, image.Digest, now))
            {
                continue;
            }

            taken.Add(new(image, priority));
            foreach (var follower in await FollowersOfAsync(image))
            {
                if (!seen.Contains(follower.Digest) && (await IndexesOfAsync(follower.Digest, onlyActive: !expires)).Count == 0)
                {
                    seen.Add(follower.Digest);
                    waiting.Enqueue(follower);
                }
            }
        }
    }

    // What is about the image, and where an index is a unit what it lists, unless that has a name or a subject of its own.
    private async Task<IReadOnlyList<LifecycleImage>> FollowersOfAsync(LifecycleImage image)
    {
        var referrers = await tx.QueryAsync<string>(
            "SELECT digest FROM image WHERE repository_id = @repository AND subject = @subject", new { repository, subject = image.Digest });
        var followers = await LifecycleImageRows.FindAsync(tx, repository, referrers);
        if (!settings.IndexIsUnit || image.References.Count == 0)
        {
            return followers;
        }

        var listed = await LifecycleImageRows.FindAsync(tx, repository, image.References);
        return [.. followers, .. listed.Where(one => one.Tags.Count == 0 && one.Subject is null)];
    }

    private async Task<IReadOnlyList<Digest>> IndexesOfAsync(string digest, bool onlyActive)
    {
        var images = await tx.QueryAsync<string>(
            """
            SELECT d.image FROM descriptor d
              JOIN image i ON i.repository_id = d.repository_id AND i.digest = d.image
             WHERE d.repository_id = @repository AND d.target = @digest AND d.role = 'image' AND (i.status = 'ACTIVE' OR NOT @onlyActive)
             ORDER BY d.image LIMIT 100
            """,
            new { repository, digest, onlyActive });
        return [.. images.Select(Digest.Parse)];
    }
}
