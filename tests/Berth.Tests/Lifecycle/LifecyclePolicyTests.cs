using System.Text.Json;
using Berth.Lifecycle;
using Berth.Vocabulary;

namespace Berth.Tests.Lifecycle;

/// <summary>What is a lifecycle policy, and what ECR's validator says of what is none.</summary>
public sealed class LifecyclePolicyTests
{
    private const string Selection = """{"tagStatus":"any","countType":"imageCountMoreThan","countNumber":1}""";
    private const string Expire = """{"type":"expire"}""";
    private const string Archive = """{"type":"transition","targetStorageClass":"archive"}""";

    private static readonly string[] Invalid = File.ReadAllLines(Checkout.PathOf("tests/Berth.Tests/Lifecycle/cases/invalid.jsonl"));

    public static TheoryData<string, string> InvalidPolicies()
    {
        var cases = new TheoryData<string, string>();
        foreach (var line in Invalid)
        {
            using var json = JsonDocument.Parse(line);
            cases.Add(json.RootElement.GetProperty("description").GetString()!, json.RootElement.GetProperty("policyText").GetString()!);
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(InvalidPolicies))]
    public void A_policy_that_breaks_a_documented_rule_is_refused(string description, string text)
    {
        var message = Assert.Throws<FaultException>(() => LifecyclePolicy.Parse(text)).Message;

        Assert.True(message.StartsWith(
            "Invalid parameter at 'LifecyclePolicyText' failed to satisfy constraint: 'Lifecycle policy validation failure: ", StringComparison.Ordinal), description);
        Assert.EndsWith("\n'", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]", "Could not map policyString into LifecyclePolicy.")]
    [InlineData("{\"rules\":[],\"rules\":[]}", "Could not map policyString into LifecyclePolicy.")]
    [InlineData("[[[[[[[[[1]]]]]]]]]", "Could not map policyString into LifecyclePolicy.")]
    [InlineData("{}", "object has missing required properties ([\"rules\"])")]
    [InlineData("{\"rules\":{}}", "instance type (object) does not match any allowed primitive type (allowed: [\"array\"])")]
    [InlineData("{\"rules\":[]}", "array is too short: must have at least 1 elements but instance has 0 elements")]
    [InlineData("{\"rules\":[\"x\"]}", "instance type (string) does not match any allowed primitive type (allowed: [\"object\"])")]
    [InlineData("{\"rules\":[{}]}", "object has missing required properties ([\"action\", \"rulePriority\", \"selection\"])")]
    [InlineData("{\"rules\":[{\"\\ud800\":1}]}", "Could not map policyString into LifecyclePolicy.")]
    public void A_document_of_another_form_is_refused_in_ECRs_words(string text, string flaws) => AssertRefused(text, flaws);

    [Theory]
    [InlineData("""{"countNumber":1}""", "object has missing required properties ([\"countType\", \"tagStatus\"])")]
    [InlineData("""{"tagStatus":"any","countType":"imageCountMoreThan","countNumber":0}""", "numeric instance is lower than the required minimum (minimum: 1, found: 0)")]
    [InlineData("""{"tagStatus":"any","countType":"imageCountMoreThan","countNumber":2147483648}""", "numeric instance is greater than the required maximum (maximum: 2147483647, found: 2147483648)")]
    [InlineData("""{"tagStatus":"any","countType":"imageCountMoreThan","countNumber":1.5}""", "instance type (number) does not match any allowed primitive type (allowed: [\"integer\"])")]
    [InlineData("""{"tagStatus":"unknown","countType":"imageCountMoreThan","countNumber":1}""", "instance value (unknown) not found in enum :(possible values: [\"any\", \"tagged\", \"untagged\"])")]
    [InlineData("""{"tagStatus":"any","countType":"imageCountMoreThan","countNumber":1,"unknown":1}""", "object instance has properties which are not allowed by the schema: ([\"unknown\"])")]
    [InlineData("""{"tagStatus":"any","countType":"sinceImagePushed","countUnit":"unknown","countNumber":1}""", "instance value (unknown) not found in enum :(possible values: [\"days\"])")]
    [InlineData("""{"tagStatus":"any","countType":"sinceImagePushed","countUnit":null,"countNumber":1}""", "instance type (null) does not match any allowed primitive type (allowed: [\"string\"])")]
    [InlineData("""{"tagStatus":"any","countType":"sinceImagePushed","countNumber":1}""", "instance failed to match exactly one schema (matched 0 out of 4)")]
    [InlineData("""{"tagStatus":"any","countType":"imageCountMoreThan","countUnit":"days","countNumber":1}""", "instance failed to match exactly one schema (matched 0 out of 4)")]
    [InlineData("""{"tagStatus":"any","countType":"sinceImageTransitioned","countUnit":"days","countNumber":90}""", "instance failed to match exactly one schema (matched 0 out of 4)")]
    [InlineData("""{"tagStatus":"any","countType":"nothing","countNumber":1}""", "instance failed to match exactly one schema (matched 0 out of 4)")]
    [InlineData("""{"tagStatus":"any","storageClass":"archive","countType":"imageCountMoreThan","countNumber":1}""", "instance failed to match exactly one schema (matched 0 out of 4)")]
    [InlineData("""{"tagStatus":"tagged","countType":"imageCountMoreThan","countNumber":1}""", "Must specify tagPrefixList or tagPatternList when tagStatus=TAGGED.")]
    [InlineData("""{"tagStatus":"tagged","tagPatternList":["test*1*2*3*4*5*6"],"countType":"imageCountMoreThan","countNumber":1}""", "Tag pattern must contain at most 4 wildcards.")]
    [InlineData("""{"tagStatus":"any","storageClass":"archive","countType":"sinceImageTransitioned","countUnit":"days","countNumber":89}""", "countNumber must be at least 90 when countType=sinceImageTransitioned.")]
    [InlineData("""{"tagStatus":"any","countType":"sinceImagePulled","countUnit":"days","countNumber":9}""", "Cannot specify action type=EXPIRE when countType=sinceImagePulled.")]
    public void A_selection_that_is_none_is_refused_in_ECRs_words(string selection, string flaw) =>
        AssertRefused(Document(Rule(1, selection)), flaw);

    [Theory]
    [InlineData("""{}""", "object has missing required properties ([\"type\"])")]
    [InlineData("""{"type":"keep"}""", "instance value (keep) not found in enum :(possible values: [\"expire\", \"transition\"])")]
    [InlineData("""{"type":"expire","targetStorageClass":null}""", "instance failed to match exactly one schema (matched 0 out of 2)")]
    [InlineData("""{"type":"transition"}""", "instance failed to match exactly one schema (matched 0 out of 2)")]
    public void An_action_that_is_none_is_refused_in_ECRs_words(string action, string flaw) =>
        AssertRefused(Document(Rule(1, Selection, action)), flaw);

    [Fact]
    public void Every_flaw_has_a_line_of_its_own() => AssertRefused(
        Document(Rule(1, """{"tagStatus":"tagged","tagPatternList":null,"tagPrefixList":null,"countType":"imageCountMoreThan","countNumber":1}""")),
        "instance type (null) does not match any allowed primitive type (allowed: [\"array\"])\n"
        + "instance type (null) does not match any allowed primitive type (allowed: [\"array\"])");

    [Fact]
    public void Rules_that_contradict_one_another_are_refused_in_ECRs_words()
    {
        const string Untagged = """{"tagStatus":"untagged","countType":"imageCountMoreThan","countNumber":1}""";
        const string Prefix = """{"tagStatus":"tagged","tagPrefixList":["v"],"countType":"imageCountMoreThan","countNumber":1}""";
        const string Pattern = """{"tagStatus":"tagged","tagPatternList":["v*"],"countType":"imageCountMoreThan","countNumber":1}""";

        AssertRefused(Document(Rule(1, Untagged), Rule(2, Untagged)), "Only one rule can select Untagged images per storage class");
        AssertRefused(Document(Rule(1, Selection), Rule(2, Untagged)), "Rule for tagStatus=ANY must have the lowest priority per storage class");
        AssertRefused(Document(Rule(1, Prefix), Rule(2, Pattern)), "Tag prefixes must be unique per storage class.");
        AssertRefused(Document(Rule(1, Prefix), Rule(1, Selection)), "Rule priorities must be unique.");
    }

    [Fact]
    public void A_policy_has_50_rules_at_most()
    {
        string[] rules = [.. Enumerable.Range(1, 51).Select(number => Rule(number, Tagged($"v{number}")))];

        Assert.Equal(50, LifecyclePolicy.Parse(Document(rules[..50])).Rules.Count);
        AssertRefused(Document(rules), "array is too long: must have at most 50 elements but instance has 51 elements");
    }

    [Fact]
    public void What_is_said_of_a_hostile_document_is_bounded()
    {
        var text = Document([.. Enumerable.Range(1, 50).Select(number => Rule(number, $$"""{"{{new string('x', 500)}}":1}"""))]);

        Assert.InRange(Assert.Throws<FaultException>(() => LifecyclePolicy.Parse(text)).Message.Length, 1000, 7000);
    }

    [Fact]
    public void The_text_that_is_kept_is_minified_with_the_rules_by_priority()
    {
        var archive = """{ "tagStatus": "any", "storageClass": "archive", "countType": "sinceImageTransitioned", "countUnit": "days", "countNumber": 365 }""";
        var text = Document(
            $$"""{ "selection": {{archive}}, "action": {{Expire}}, "rulePriority": 20, "description": "é \"<\"" }""", Rule(3, Tagged("v", "w"), Archive));

        Assert.Equal(
            """{"rules":[{"rulePriority":3,"selection":{"tagStatus":"tagged","tagPatternList":["v","w"],"countType":"imageCountMoreThan","countNumber":1},"action":{"type":"transition","targetStorageClass":"archive"}},{"rulePriority":20,"description":"é \"<\"","selection":{"tagStatus":"any","storageClass":"archive","countType":"sinceImageTransitioned","countUnit":"days","countNumber":365},"action":{"type":"expire"}}]}""",
            LifecyclePolicy.Parse(text).Text);
        Assert.Equal(LifecyclePolicy.Parse(text).Text, LifecyclePolicy.Parse(LifecyclePolicy.Parse(text).Text).Text);
    }

    [Fact]
    public void Where_it_is_switched_on_images_expire_by_their_last_pull() => Assert.Equal(
        LifecycleMeasure.SincePulled,
        LifecyclePolicy.Parse(
            Document(Rule(1, """{"tagStatus":"any","countType":"sinceImagePulled","countUnit":"days","countNumber":9}""")), expiresByPull: true).Rules[0].Measure);

    private static void AssertRefused(string text, string flaws) => Assert.Equal(
        $"Invalid parameter at 'LifecyclePolicyText' failed to satisfy constraint: 'Lifecycle policy validation failure: {flaws}\n'",
        Assert.Throws<FaultException>(() => LifecyclePolicy.Parse(text)).Message);

    private static string Document(params string[] rules) => $$"""{"rules":[{{string.Join(", ", rules)}}]}""";

    private static string Rule(int priority, string selection, string action = Expire) =>
        $$"""{"rulePriority":{{priority}},"selection":{{selection}},"action":{{action}}}""";

    private static string Tagged(params string[] patterns) =>
        $$"""{"tagStatus":"tagged","tagPatternList":{{JsonSerializer.Serialize(patterns)}},"countType":"imageCountMoreThan","countNumber":1}""";
}
