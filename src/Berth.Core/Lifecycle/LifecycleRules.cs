using System.Numerics;
using Berth.Registry;

namespace Berth.Lifecycle;

/// <summary>
/// Evaluates a policy over the images of a repository, which are added one by one and need not be held. Every rule sees all images it
/// is about; an image is the first such rule's alone, which takes it or shields it from the rest.
/// </summary>
/// <remarks>
/// ECR's user guide, "Lifecycle policy evaluation rules". Where it is silent: of images pushed at the same millisecond that with the
/// greater digest is the younger; one on its way out of the archive is in no class; one that is about another image of the repository
/// is no rule's, but goes with that. Signatures under tags such as <c>sha256-....sig</c> are tagged images like any other.
/// </remarks>
public sealed class LifecycleRules
{
    private readonly LifecyclePolicy policy;
    private readonly RuleSelection[] selections;
    private readonly ulong counting;
    private readonly bool indexIsUnit;
    private readonly List<LifecycleCandidate> images = [];
    private readonly ImageBonds bonds = new();

    /// <summary>Prepares the rules.</summary>
    /// <param name="policy">At most 50 of them.</param>
    /// <param name="now">What ages are measured against.</param>
    /// <param name="indexIsUnit">Whether an untagged image that an index lists goes and stays with it, and is no rule's.</param>
    public LifecycleRules(LifecyclePolicy policy, DateTimeOffset now, bool indexIsUnit = false)
    {
        this.policy = policy;
        this.indexIsUnit = indexIsUnit;
        selections = [.. policy.Rules.Select(rule => new RuleSelection(rule, now.ToUnixTimeMilliseconds()))];
        for (var i = 0; i < selections.Length; i++)
        {
            counting |= selections[i].IsCount ? 1UL << i : 0;
        }
    }

    /// <summary>Takes an image into account.</summary>
    public void Add(LifecycleImage image)
    {
        bonds.Add(images.Count, image);
        var rules = 0UL;
        for (var i = 0; i < selections.Length; i++)
        {
            // After its first rule, only those that count an image ask for it.
            var matters = rules == 0 || selections[i].IsCount;
            rules |= matters && selections[i].Selects(image) ? 1UL << i : 0;
        }

        images.Add(new()
        {
            Digest = image.Digest,
            Rules = rules,
            ActiveSince = image.ActiveSince,
            Mark = image.Mark,
            Status = image.Status,
            IsTagged = image.Tags.Count > 0,
            IsTooOld = rules != 0 && selections[BitOperations.TrailingZeroCount(rules)].IsTooOld(image),
        });
    }

    /// <summary>Decides on all images that were added. Their order does not matter.</summary>
    public LifecycleDecision Decide()
    {
        bonds.Tie(images);
        var decision = new LifecycleDecision(policy, images, bonds);
        var counts = new int[selections.Length];
        var youngestFirst = YoungestFirst();
        foreach (var number in youngestFirst)
        {
            var image = images[number];
            if (ReasonBesideRules(number, image) is { } reason)
            {
                decision.Set(number, reason);
                continue;
            }

            for (var rest = image.Rules & counting; rest != 0; rest &= rest - 1)
            {
                counts[BitOperations.TrailingZeroCount(rest)]++;
            }

            decision.Set(number, ReasonOf(image, counts), BitOperations.TrailingZeroCount(image.Rules));
        }

        decision.Settle(youngestFirst);
        return decision;
    }

    private int[] YoungestFirst()
    {
        var numbers = new int[images.Count];
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = i;
        }

        Array.Sort(numbers, (left, right) =>
        {
            var byTime = images[right].ActiveSince.CompareTo(images[left].ActiveSince);
            return byTime != 0 ? byTime : string.CompareOrdinal(images[right].Digest, images[left].Digest);
        });
        return numbers;
    }

    private LifecycleReason? ReasonBesideRules(int number, LifecycleCandidate image)
    {
        if (bonds.SubjectOf(number) is not null)
        {
            return LifecycleReason.FollowsSubject;
        }

        if (indexIsUnit && !image.IsTagged && bonds.IndexesOf(number).Count > 0)
        {
            return LifecycleReason.FollowsIndex;
        }

        return image.Status is ImageStatus.Activating ? LifecycleReason.Activating : image.Rules == 0 ? LifecycleReason.NoRule : null;
    }

    private LifecycleReason ReasonOf(LifecycleCandidate image, int[] counts)
    {
        var first = BitOperations.TrailingZeroCount(image.Rules);
        return selections[first].IsCount
            ? counts[first] > policy.Rules[first].Number ? LifecycleReason.BeyondCount : LifecycleReason.WithinCount
            : image.IsTooOld ? LifecycleReason.TooOld : LifecycleReason.NotTooOld;
    }
}
