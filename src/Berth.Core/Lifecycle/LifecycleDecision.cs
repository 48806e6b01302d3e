using Berth.Registry;

namespace Berth.Lifecycle;

/// <summary>What a policy decides on the images of a repository.</summary>
public sealed class LifecycleDecision
{
    private const int MostOthers = 100;

    private readonly LifecyclePolicy policy;
    private readonly IReadOnlyList<LifecycleCandidate> images;
    private readonly ImageBonds bonds;
    private readonly Outcome[] outcomes;
    private readonly Dictionary<int, Wait> waits = [];
    private readonly Queue<int> going = [];
    private readonly List<int> steps = [];

    internal LifecycleDecision(LifecyclePolicy policy, IReadOnlyList<LifecycleCandidate> images, ImageBonds bonds) =>
        (this.policy, this.images, this.bonds, outcomes) = (policy, images, bonds, new Outcome[images.Count]);

    /// <summary>What goes, in an order in which it can: an index before what it lists, an image before what is about it, older before younger.</summary>
    public IEnumerable<LifecycleVerdict> Steps => steps.Select(VerdictOn);

    /// <summary>How many images go.</summary>
    public int StepCount => steps.Count;

    /// <summary>What stays only because an index that stays lists it.</summary>
    public IEnumerable<LifecycleVerdict> Held => All.Where(verdict => verdict.Reason is LifecycleReason.Held);

    /// <summary>Every image, in the order they were added.</summary>
    public IEnumerable<LifecycleVerdict> All => Enumerable.Range(0, images.Count).Select(VerdictOn);

    internal void Set(int image, LifecycleReason reason, int? rule = null) =>
        outcomes[image] = new() { Reason = reason, Rule = (sbyte)(rule ?? -1) };

    /// <summary>
    /// Lets go what the rules take, and with it what follows. An image that indexes list waits for them; what waits in vain is held.
    /// </summary>
    internal void Settle(IReadOnlyList<int> youngestFirst)
    {
        for (var i = youngestFirst.Count - 1; i >= 0; i--)
        {
            var image = youngestFirst[i];
            if (ActionOf(image) is { } action && Blocks(image, action) == 0)
            {
                Go(image, action);
            }

            Drain();
        }

        for (var image = 0; image < outcomes.Length; image++)
        {
            if (outcomes[image] is { IsGone: false, Reason: LifecycleReason.BeyondCount or LifecycleReason.TooOld })
            {
                outcomes[image].Reason = LifecycleReason.Held;
            }
        }
    }

    // What the rules themselves want of an image.
    private LifecycleAction? ActionOf(int image) =>
        outcomes[image].Reason is LifecycleReason.BeyondCount or LifecycleReason.TooOld ? policy.Rules[outcomes[image].Rule].Action : null;

    // Deleting an image breaks every index that lists it; archiving it, only those that can be pulled.
    private int Blocks(int image, LifecycleAction action) =>
        bonds.IndexesOf(image).Count(index => action is LifecycleAction.Expire || images[index].Status is ImageStatus.Active);

    private void Go(int image, LifecycleAction action)
    {
        outcomes[image].IsGone = true;
        outcomes[image].Action = action;
        steps.Add(image);
        going.Enqueue(image);
    }

    private void Drain()
    {
        while (going.TryDequeue(out var gone))
        {
            foreach (var listed in bonds.ListedIn(gone))
            {
                Release(listed, gone);
            }

            foreach (var referrer in bonds.ReferrersOf(gone))
            {
                Release(referrer, gone);
            }
        }
    }

    // One of those an image waits for is gone; with the last of them it goes itself, if it may.
    private void Release(int image, int by)
    {
        var follows = outcomes[image].Reason is LifecycleReason.FollowsSubject or LifecycleReason.FollowsIndex;
        if (!follows && (ActionOf(image) is not { } wanted || (wanted is LifecycleAction.Transition && images[by].Status is not ImageStatus.Active)))
        {
            return;
        }

        if (!waits.TryGetValue(image, out var wait))
        {
            wait = new(follows
                ? bonds.IndexesOf(image).Count + (bonds.SubjectOf(image) is null ? 0 : 1)
                : Blocks(image, ActionOf(image)!.Value));
        }

        wait = new(wait.Left - 1, wait.SomeStay || outcomes[by].Action is LifecycleAction.Transition);
        waits[image] = wait;
        if (wait.Left > 0)
        {
            return;
        }

        var action = follows ? (wait.SomeStay ? LifecycleAction.Transition : LifecycleAction.Expire) : ActionOf(image)!.Value;
        var mayGo = action is LifecycleAction.Expire ? !wait.SomeStay : images[image].Status is ImageStatus.Active;
        if (mayGo)
        {
            outcomes[image].Rule = follows ? outcomes[by].Rule : outcomes[image].Rule;
            Go(image, action);
        }
    }

    private LifecycleVerdict VerdictOn(int image)
    {
        var outcome = outcomes[image];
        return new()
        {
            Digest = images[image].Digest,
            Reason = outcome.Reason,
            Action = outcome.Action,
            Rule = outcome.Rule < 0 ? null : policy.Rules[outcome.Rule],
            Others = OthersOf(image, outcome.Reason),
            Mark = images[image].Mark,
        };
    }

    private IReadOnlyList<string> OthersOf(int image, LifecycleReason reason) => reason switch
    {
        LifecycleReason.FollowsSubject => [images[bonds.SubjectOf(image)!.Value].Digest],
        LifecycleReason.FollowsIndex => Digests(bonds.IndexesOf(image)),
        LifecycleReason.Held => Digests(bonds.IndexesOf(image).Where(index => outcomes[index].Action is not LifecycleAction.Expire)),
        _ => [],
    };

    private IReadOnlyList<string> Digests(IEnumerable<int> numbers) => [.. numbers.Take(MostOthers).Select(number => images[number].Digest)];

    private struct Outcome
    {
        public LifecycleReason Reason;
        public sbyte Rule;
        public LifecycleAction? Action;
        public bool IsGone;
    }

    // How many are waited for, and whether one of those that went lies in the archive now.
    private readonly record struct Wait(int Left, bool SomeStay = false);
}
