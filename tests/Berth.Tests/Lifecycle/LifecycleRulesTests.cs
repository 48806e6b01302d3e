using System.Globalization;
using System.Text.Json;
using Berth.Lifecycle;
using Berth.Registry;

namespace Berth.Tests.Lifecycle;

/// <summary>Which images a policy takes: documented examples and rules, reports, and other implementations' tests (cases/evaluation.jsonl).</summary>
public sealed class LifecycleRulesTests
{
    private const string KeepNewest = """{"tagStatus":"any","countType":"imageCountMoreThan","countNumber":1}""";

    private static readonly string[] Lines = File.ReadAllLines(Checkout.PathOf("tests/Berth.Tests/Lifecycle/cases/evaluation.jsonl"));
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    public static TheoryData<string, int> Cases()
    {
        var cases = new TheoryData<string, int>();
        foreach (var (number, line) in Lines.Index())
        {
            using var json = JsonDocument.Parse(line);
            cases.Add(json.RootElement.GetProperty("id").GetString()!, number);
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_case_is_decided_as_it_is_documented(string id, int number)
    {
        using var json = JsonDocument.Parse(Lines[number]);
        var decision = SimulationCase.Read(Lines[number], expiresByPull: false, indexIsUnit: false).Rules.Decide();

        Assert.Equal((id, Digests("expectedExpired"), Digests("expectedArchived")), (id, Gone(decision, LifecycleAction.Expire), Gone(decision, LifecycleAction.Transition)));
        if (json.RootElement.TryGetProperty("expectedRulePriority", out var priorities))
        {
            Assert.All(
                priorities.EnumerateObject(),
                expected => Assert.Equal(expected.Value.GetInt32(), decision.Steps.Single(step => step.Digest.Equals(expected.Name, StringComparison.Ordinal)).Rule!.Priority));
        }

        string Digests(string member) => string.Join(' ', json.RootElement.GetProperty(member).EnumerateArray().Select(digest => digest.GetString()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void An_image_of_exactly_the_age_stays() =>
        Assert.Equal("b", Expired(Since(5), Image("a", days: 5), Image("b", days: 5) with { PushedAt = Ago(5) - 1 }));

    [Fact]
    public void Of_two_pushed_at_the_same_moment_that_with_the_greater_digest_is_younger() =>
        Assert.Equal("a", Expired(KeepNewest, Image("a", days: 1), Image("b", days: 1)));

    [Fact]
    public void A_rule_shields_the_images_it_leaves_alone() => Assert.Equal("", Expired(
        ["""{"tagStatus":"tagged","tagPatternList":["latest"],"countType":"imageCountMoreThan","countNumber":1}""", KeepNewest],
        Image("a", days: 5, "latest", "v1"),
        Image("b", days: 1, "v2")));

    [Fact]
    public void A_pattern_without_a_wildcard_is_the_tag_itself_in_its_own_case() => Assert.Equal("a", Expired(
        """{"tagStatus":"tagged","tagPatternList":["latest"],"countType":"sinceImagePushed","countUnit":"days","countNumber":1}""",
        Image("a", days: 5, "latest"),
        Image("b", days: 5, "latest2"),
        Image("c", days: 5, "Latest")));

    [Theory]
    [InlineData("a*b*c", "abc", true)]
    [InlineData("a*b*c", "a-b-b-c", true)]
    [InlineData("a*b*c", "acb", false)]
    [InlineData("ab*ba", "aba", false)]
    [InlineData("*", "x", true)]
    [InlineData("**a**", "bab", true)]
    public void A_wildcard_is_any_number_of_characters(string pattern, string tag, bool matches) => Assert.Equal(
        matches ? "a" : "",
        Expired($$"""{"tagStatus":"tagged","tagPatternList":["{{pattern}}"],"countType":"sinceImagePushed","countUnit":"days","countNumber":1}""", Image("a", days: 5, tag)));

    [Fact]
    public void A_restored_image_is_as_old_as_its_restoration() => Assert.Equal(
        "", Expired(Since(30), Image("a", days: 400) with { ActivatedAt = Ago(2) }));

    [Fact]
    public void An_image_on_its_way_out_of_the_archive_is_left_alone_and_not_counted() => Assert.Equal(
        "a", Expired(KeepNewest, Image("a", days: 9), Image("b", days: 8), Image("c", days: 1) with { Status = ImageStatus.Activating }));

    [Fact]
    public void What_an_index_lists_stays_while_the_index_does()
    {
        var decision = Decide(
            ["""{"tagStatus":"untagged","countType":"sinceImagePushed","countUnit":"days","countNumber":7}"""],
            indexIsUnit: false,
            Image("l", days: 40, "app-1") with { References = ["x", "y"] }, Image("x", days: 40), Image("y", days: 40), Image("z", days: 40));

        Assert.Equal("z", Gone(decision, LifecycleAction.Expire));
        Assert.Equal(["x", "y"], decision.Held.Select(held => held.Digest), StringComparer.Ordinal);
        Assert.All(decision.Held, held => Assert.Equal((1, "l"), (held.Rule!.Priority, Assert.Single(held.Others))));
    }

    [Fact]
    public void An_index_goes_before_the_images_it_lists_and_they_with_it_when_a_rule_takes_them() => Assert.Equal(
        ["l", "x"],
        Decide([Since(7)], indexIsUnit: false, Image("x", days: 50), Image("l", days: 40, "app") with { References = ["x"] }).Steps.Select(step => step.Digest),
        StringComparer.Ordinal);

    [Fact]
    public void As_a_unit_the_images_of_an_index_go_with_it_uncounted()
    {
        LifecycleImage[] images =
        [
            Image("l", days: 40, "app-1") with { References = ["x", "y"] }, Image("m", days: 1, "app-2") with { References = ["y", "z"] },
            Image("x", days: 40), Image("y", days: 40), Image("z", days: 1),
        ];

        var decision = Decide([KeepNewest], indexIsUnit: true, images);

        Assert.Equal("l x", Gone(decision, LifecycleAction.Expire));
        Assert.Equal(["l"], decision.Steps.Last().Others, StringComparer.Ordinal);
        Assert.Equal("l m x y z", Gone(Decide([Since(1)], indexIsUnit: true, [.. images.Select(image => image with { PushedAt = Ago(50) })]), LifecycleAction.Expire));
    }

    [Fact]
    public void What_is_about_an_image_goes_with_it_and_is_no_rules()
    {
        var decision = Decide(
            [KeepNewest],
            indexIsUnit: false,
            Image("a", days: 9, "v1"), Image("s", days: 8) with { Subject = "a" }, Image("t", days: 8) with { Subject = "s" },
            Image("b", days: 1, "v2"), Image("u", days: 0) with { Subject = "b" });

        Assert.Equal(["a", "s", "t"], decision.Steps.Select(step => step.Digest), StringComparer.Ordinal);
        Assert.All(decision.Steps, step => Assert.Equal(1, step.Rule!.Priority));
    }

    [Fact]
    public void What_is_about_an_image_that_is_not_there_is_an_image_like_any_other() =>
        Assert.Equal("s", Expired(Since(7), Image("s", days: 8) with { Subject = "gone" }));

    [Fact]
    public void A_signature_under_a_tag_is_an_image_like_any_other() => Assert.Equal(
        "s", Expired(Since(7), Image("s", days: 8, "sha256-6100.sig"), Image("a", days: 1, "v1")));

    [Fact]
    public void Archiving_an_image_archives_what_is_about_it()
    {
        var decision = Decide(
            new Dictionary<string, string>(StringComparer.Ordinal) { [Since(7)] = """{"type":"transition","targetStorageClass":"archive"}""" },
            indexIsUnit: false,
            Image("a", days: 9), Image("s", days: 8) with { Subject = "a" });

        Assert.Equal("a s", Gone(decision, LifecycleAction.Transition));
    }

    [Fact]
    public void A_circle_of_references_ends()
    {
        Assert.Equal("", Expired(Since(1), Image("a", days: 9) with { References = ["b"] }, Image("b", days: 9) with { References = ["a"] }));
        Assert.Equal("", Expired(Since(1), Image("a", days: 9) with { Subject = "b" }, Image("b", days: 9) with { Subject = "a" }));
    }

    internal static string Gone(LifecycleDecision decision, LifecycleAction action) =>
        string.Join(' ', decision.Steps.Where(step => step.Action == action).Select(step => step.Digest).Order(StringComparer.Ordinal));

    private static string Expired(string selection, params LifecycleImage[] images) => Expired([selection], images);

    private static string Expired(string[] selections, params LifecycleImage[] images) => Gone(Decide(selections, indexIsUnit: false, images), LifecycleAction.Expire);

    private static LifecycleDecision Decide(string[] selections, bool indexIsUnit, params LifecycleImage[] images) =>
        Decide(selections.ToDictionary(selection => selection, _ => """{"type":"expire"}""", StringComparer.Ordinal), indexIsUnit, images);

    private static LifecycleDecision Decide(IReadOnlyDictionary<string, string> actions, bool indexIsUnit, params LifecycleImage[] images)
    {
        var text = string.Join(',', actions.Select((rule, i) =>
            $$"""{"rulePriority":{{(i + 1).ToString(CultureInfo.InvariantCulture)}},"selection":{{rule.Key}},"action":{{rule.Value}}}"""));
        var rules = new LifecycleRules(LifecyclePolicy.Parse($$"""{"rules":[{{text}}]}"""), Now, indexIsUnit);
        foreach (var image in images)
        {
            rules.Add(image);
        }

        return rules.Decide();
    }

    private static string Since(int days) => $$"""{"tagStatus":"any","countType":"sinceImagePushed","countUnit":"days","countNumber":{{days}}}""";

    private static LifecycleImage Image(string digest, int days, params string[] tags) => new() { Digest = digest, PushedAt = Ago(days), Tags = tags };

    private static long Ago(int days) => Now.AddDays(-days).ToUnixTimeMilliseconds();
}
