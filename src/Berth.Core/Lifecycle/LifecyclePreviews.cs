using Berth.Jobs;
using Berth.Registry;
using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Lifecycle;

/// <summary>What a policy would do to the images of a repository, looked at before it does. A repository has one preview at a time.</summary>
public sealed class LifecyclePreviews(Database database, LifecyclePolicies policies, JobQueue jobs, Ids ids, TimeProvider time)
{
    /// <summary>Its status while it is made.</summary>
    public const string InProgress = "IN_PROGRESS";

    internal const string Failed = "FAILED";
    internal const string Expired = "EXPIRED";

    private const string Columns = "position, digest, tags, pushed_at, status, action, rule_priority";

    // One whose maker died with its node, or was given up, must not stand in the way of another for ever.
    private static readonly TimeSpan LongestMaking = TimeSpan.FromHours(1);

    /// <summary>How long one can be looked at.</summary>
    internal static TimeSpan Lifetime { get; } = TimeSpan.FromHours(24);

    /// <summary>
    /// Starts one, of a document or without one of the policy that is set, and returns the document. Faults:
    /// <see cref="LifecyclePolicyInvalid"/>, <see cref="RepositoryNotFound"/>, <see cref="LifecyclePolicyNotFound"/>,
    /// <see cref="LifecyclePreviewInProgress"/>.
    /// </summary>
    public Task<string> StartAsync(RepositoryId id, string? text, CancellationToken cancel)
    {
        if (text is not null)
        {
            policies.Read(text);
        }

        return database.WriteAsync(
            async tx =>
            {
                var repository = await Repositories.GetAsync(tx, id);
                var policy = text is null ? await LifecyclePolicies.GetAsync(tx, repository) : null;
                var document = text ?? policy!.Text;
                await DropAsync(tx, repository);
                var plan = new LifecyclePlanRow
                {
                    Id = ids.NewGuid().ToString("N"),
                    RepositoryId = repository.Key,
                    Purpose = LifecyclePlanRow.Preview,
                    Status = InProgress,
                    Document = document,
                    PolicyId = policy?.Id,
                    Version = policy?.Version,
                    MadeAt = time.GetUtcNow().ToUnixTimeMilliseconds(),
                };
                await plan.InsertAsync(tx);
                await jobs.EnqueueAsync(tx, new LifecyclePreview(plan.Id), due: null, LifecyclePreview.KeyOf(plan.Id));
                return document;
            },
            cancel);
    }

    /// <summary>
    /// A page of what would go, from after <paramref name="after"/> on; of a preview that is not complete, none. Faults:
    /// <see cref="RepositoryNotFound"/>, <see cref="LifecyclePreviewNotFound"/>.
    /// </summary>
    public Task<PreviewPage> GetAsync(RepositoryId id, TagStatus tags, PreviewPlace? after, int limit, CancellationToken cancel) =>
        database.ReadAsync(
            async rows =>
            {
                var plan = await FindAsync(rows, await Repositories.GetAsync(rows, id));
                if (after is not null && !string.Equals(after.Preview, plan.Id, StringComparison.Ordinal))
                {
                    throw new PageTokenInvalid().AsException();
                }

                var condition = tags is TagStatus.Any ? "" : "AND tagged = @tagged";
                var found = await rows.QueryAsync<LifecycleResultRow>(
                    $"""
                    SELECT {Columns} FROM lifecycle_result
                     WHERE plan_id = @Id {condition} AND position > @position ORDER BY position LIMIT @limit
                    """,
                    new { plan.Id, position = after?.Position ?? 0, limit, tagged = tags is TagStatus.Tagged });
                return PageOf(plan, found);
            },
            cancel);

    /// <summary>Which of some images would go. Faults: as the page's.</summary>
    public Task<PreviewPage> GetAsync(RepositoryId id, IReadOnlyList<ImageIdentifier> images, CancellationToken cancel) =>
        database.ReadAsync(
            async rows =>
            {
                var repository = await Repositories.GetAsync(rows, id);
                var plan = await FindAsync(rows, repository);
                var digests = new HashSet<string>(StringComparer.Ordinal);
                foreach (var image in images)
                {
                    if (await ImageListing.DigestOfAsync(rows, repository, image) is { } digest)
                    {
                        digests.Add(digest.ToString());
                    }
                }

                var wanted = new ValueList("digest", digests);
                var found = await rows.QueryAsync<LifecycleResultRow>(
                    $"SELECT {Columns} FROM lifecycle_result WHERE plan_id = @Id AND digest IN {wanted} ORDER BY position",
                    wanted.With(new { plan.Id }));
                return PageOf(plan, found);
            },
            cancel);

    private async Task DropAsync(Transaction tx, Repository repository)
    {
        if (await LifecyclePlanRow.FindAsync(tx, repository.Key, LifecyclePlanRow.Preview) is not { } before)
        {
            return;
        }

        if (before.Status is InProgress && before.MadeAt > (time.GetUtcNow() - LongestMaking).ToUnixTimeMilliseconds())
        {
            throw new LifecyclePreviewInProgress(repository.Id).AsException();
        }

        // Its job, which waits for its last day, drops what it found.
        await tx.ExecuteAsync("DELETE FROM lifecycle_plan WHERE id = @Id", before);
        await jobs.EnqueueAsync(tx, new LifecyclePreview(before.Id), due: null, LifecyclePreview.KeyOf(before.Id));
    }

    private async Task<LifecyclePlanRow> FindAsync(RowReader rows, Repository repository)
    {
        var plan = await LifecyclePlanRow.FindAsync(rows, repository.Key, LifecyclePlanRow.Preview)
            ?? throw new LifecyclePreviewNotFound(repository.Id).AsException();
        return plan.MadeAt > (time.GetUtcNow() - Lifetime).ToUnixTimeMilliseconds() ? plan : plan with { Status = Expired };
    }

    private static PreviewPage PageOf(LifecyclePlanRow plan, IReadOnlyList<LifecycleResultRow> found) => new()
    {
        Preview = plan.Id,
        Document = plan.Document,
        Status = plan.Status,
        Expiring = plan.Expiring,
        Transitioning = plan.Transitioning,
        Results = plan.Status is not "COMPLETE" ? [] : [.. found.Select(row => new PreviewResult
        {
            Position = row.Position,
            Digest = row.Digest,
            Tags = row.Tags.Length == 0 ? [] : row.Tags.Split(' '),
            PushedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.PushedAt),
            Status = ImageStatusNames.FromWire(row.Status),
            Action = row.Action,
            RulePriority = row.RulePriority,
        })],
    };
}

/// <summary>Where in a preview a page ended.</summary>
/// <param name="Preview">Which; another preview has other pages.</param>
/// <param name="Position">The last result of the page.</param>
public sealed record PreviewPlace(string Preview, int Position);

/// <summary>A page of a preview.</summary>
public sealed record PreviewPage
{
    /// <summary>Which preview.</summary>
    public required string Preview { get; init; }

    /// <summary>The policy, as it was given.</summary>
    public required string Document { get; init; }

    /// <summary><c>IN_PROGRESS</c>, <c>COMPLETE</c>, <c>FAILED</c> or <c>EXPIRED</c>.</summary>
    public required string Status { get; init; }

    /// <summary>How many images would be deleted, on all pages.</summary>
    public required int Expiring { get; init; }

    /// <summary>How many would be archived.</summary>
    public required int Transitioning { get; init; }

    /// <summary>Whether it can be looked at.</summary>
    public bool IsComplete => Status is "COMPLETE";

    /// <summary>What would go.</summary>
    public required IReadOnlyList<PreviewResult> Results { get; init; }
}

/// <summary>An image that would go.</summary>
public sealed record PreviewResult
{
    /// <summary>Its place in the preview.</summary>
    public required int Position { get; init; }

    /// <summary>Which image.</summary>
    public required string Digest { get; init; }

    /// <summary>The tags it had.</summary>
    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>When it was pushed.</summary>
    public required DateTimeOffset PushedAt { get; init; }

    /// <summary>Whether it could be pulled.</summary>
    public required ImageStatus Status { get; init; }

    /// <summary><c>EXPIRE</c> or <c>TRANSITION</c>.</summary>
    public required string Action { get; init; }

    /// <summary>By which rule.</summary>
    public required int RulePriority { get; init; }
}
