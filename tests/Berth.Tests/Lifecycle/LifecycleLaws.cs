using System.Globalization;
using Berth.Lifecycle;
using Berth.Registry;
using FsCheck;
using FsCheck.Fluent;

namespace Berth.Tests.Lifecycle;

/// <summary>What holds of every policy over every set of images; a plain reading of ECR's rules, image by image, says which those are.</summary>
public sealed class LifecycleLaws
{
    private const long Day = 24L * 60 * 60 * 1000;

    private static readonly Config Config = Config.QuickThrowOnFailure.WithMaxTest(300);
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeMilliseconds(1000 * Day);
    private static readonly string[] Tags = ["a", "a1", "b", "b1", "ab", "ba"];

    [Fact]
    public void The_decision_is_that_of_the_rules_read_plainly() => Hold(world =>
        Lines(Decide(world.Rules, world.Images)).SequenceEqual(PlainlyRead(world), StringComparer.Ordinal));

    [Fact]
    public void The_order_of_images_and_of_rules_does_not_matter() => Hold(world =>
        Lines(Decide(world.Rules, world.Images)).SequenceEqual(Lines(Decide([.. world.Rules.Reverse()], [.. world.Images.Reverse()])), StringComparer.Ordinal));

    [Fact]
    public void An_image_is_taken_once_at_most() => Hold(world =>
        Decide(world.Rules, world.Images).Steps.GroupBy(step => step.Digest, StringComparer.Ordinal).All(steps => steps.Count() == 1));

    [Fact]
    public void What_a_rule_is_about_no_later_rule_takes() => Hold(world =>
        Decide(world.Rules, world.Images).Steps.All(step => world.Rules
            .Where(rule => rule.Priority < step.Rule!.Priority)
            .All(rule => !IsAbout(rule, world.Images.Single(image => image.Digest.Equals(step.Digest, StringComparison.Ordinal))))));

    [Fact]
    public void A_rule_that_counts_leaves_the_youngest_alone() => Hold(world =>
    {
        var gone = Decide(world.Rules, world.Images).Steps.Where(step => step.Rule!.Measure is LifecycleMeasure.ImageCount)
            .ToLookup(step => step.Rule!.Priority, step => step.Digest);
        return world.Rules.Where(rule => rule.Measure is LifecycleMeasure.ImageCount)
            .All(rule => !Youngest(world.Images.Where(image => IsAbout(rule, image))).Take(rule.Number).Select(image => image.Digest).Intersect(gone[rule.Priority], StringComparer.Ordinal).Any());
    });

    private static IEnumerable<string> PlainlyRead(World world)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var lines = new List<string>();
        foreach (var rule in world.Rules.OrderBy(rule => rule.Priority))
        {
            var about = Youngest(world.Images.Where(image => IsAbout(rule, image))).ToList();
            var beyond = rule.Measure is LifecycleMeasure.ImageCount
                ? about.Skip(rule.Number)
                : about.Where(image => Now.ToUnixTimeMilliseconds() - image.ActiveSince > rule.Number * Day);
            lines.AddRange(beyond.Where(image => !seen.Contains(image.Digest)).Select(image => Line(image.Digest, rule)));
            seen.UnionWith(about.Select(image => image.Digest));
        }

        return lines.Order(StringComparer.Ordinal);
    }

    private static bool IsAbout(LifecycleRule rule, LifecycleImage image) => rule.TagStatus switch
    {
        TagStatus.Any => true,
        TagStatus.Untagged => image.Tags.Count == 0,
        _ => rule.TagPrefixes.All(prefix => image.Tags.Any(tag => tag.StartsWith(prefix, StringComparison.Ordinal))),
    };

    private static IEnumerable<LifecycleImage> Youngest(IEnumerable<LifecycleImage> images) =>
        images.OrderByDescending(image => image.ActiveSince).ThenByDescending(image => image.Digest, StringComparer.Ordinal);

    private static LifecycleDecision Decide(IReadOnlyList<LifecycleRule> rules, IReadOnlyList<LifecycleImage> images)
    {
        var evaluation = new LifecycleRules(new() { Rules = [.. rules.OrderBy(rule => rule.Priority)] }, Now);
        foreach (var image in images)
        {
            evaluation.Add(image);
        }

        return evaluation.Decide();
    }

    private static IEnumerable<string> Lines(LifecycleDecision decision) =>
        decision.Steps.Select(step => Line(step.Digest, step.Rule!)).Order(StringComparer.Ordinal);

    private static string Line(string digest, LifecycleRule rule) =>
        string.Create(CultureInfo.InvariantCulture, $"{digest} {rule.Priority} {rule.Action}");

    private static void Hold(Func<World, bool> law) => Check.One(Config, Prop.ForAll(Worlds().ToArbitrary(), law));

    private static Gen<World> Worlds() =>
        from images in Images().ListOf()
        from rules in Rules().ListOf(4)
        select new World(
            [.. images.Select((image, i) => image with { Digest = string.Create(CultureInfo.InvariantCulture, $"d{i}") })],
            [.. rules.Select((rule, i) => rule with { Priority = i + 1 })]);

    private static Gen<LifecycleImage> Images() =>
        from tags in Gen.Elements(Tags).ListOf(2)
        from count in Gen.Choose(0, 2)
        from age in Gen.Choose(0, 6)
        from odd in Gen.Choose(-1, 1)
        select new LifecycleImage
        {
            Digest = "",
            PushedAt = Now.ToUnixTimeMilliseconds() - (age * Day) + odd,
            Tags = [.. tags.Take(count).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
        };

    private static Gen<LifecycleRule> Rules() =>
        from status in Gen.Elements(TagStatus.Any, TagStatus.Tagged, TagStatus.Tagged, TagStatus.Untagged)
        from prefix in Gen.Elements("a", "b", "ab")
        from also in Gen.Elements("", "b")
        from counts in Gen.Elements(true, false)
        from number in Gen.Choose(1, 4)
        from action in Gen.Elements(LifecycleAction.Expire, LifecycleAction.Transition)
        select new LifecycleRule
        {
            Priority = 1,
            TagStatus = status,
            TagPrefixes = status is not TagStatus.Tagged ? [] : also.Length == 0 ? [prefix] : [prefix, also],
            Measure = counts ? LifecycleMeasure.ImageCount : LifecycleMeasure.SincePushed,
            Number = number,
            Action = action,
        };

    private sealed record World(IReadOnlyList<LifecycleImage> Images, IReadOnlyList<LifecycleRule> Rules);
}
