using System.Text.Json;
using Berth.Server.Commands;
using Berth.Server.Hosting;

namespace Berth.Tests.Commands;

public sealed class LifecycleCommandTests
{
    private const string Case =
        """{"now":"2026-06-01T12:00:00Z","images":[{"digest":"sha256:a","tags":["v1"],"pushedAt":"2026-05-01T12:00:00Z"},{"digest":"sha256:b","tags":["v2"],"pushedAt":"2026-05-02T12:00:00Z"},{"digest":"sha256:c","tags":[],"pushedAt":"2026-05-02T12:00:00Z"}],"policy":{"rules":[{"rulePriority":7,"selection":{"tagStatus":"tagged","tagPatternList":["v*"],"countType":"imageCountMoreThan","countNumber":1},"action":{"type":"expire"}}]}}""";

    [Fact]
    public async Task Each_case_is_answered_with_one_line() => Assert.Equal(
        """
        {"expired":["sha256:a"],"archived":[],"images":[{"digest":"sha256:a","action":"expire","rulePriority":7,"why":"rule 7 keeps the 1 youngest of its images, and this is older"},{"digest":"sha256:b","action":"keep","rulePriority":7,"why":"among the 1 youngest images of rule 7, which shields it from later rules"},{"digest":"sha256:c","action":"keep","rulePriority":null,"why":"no rule is about it"}]}

        """,
        await SimulateAsync(Case, forPeople: false));

    [Fact]
    public async Task People_read_what_becomes_of_each_image_and_why() => Assert.Equal(
        """
        expire     sha256:a  rule 7 keeps the 1 youngest of its images, and this is older
        keep       sha256:b  among the 1 youngest images of rule 7, which shields it from later rules
        keep       sha256:c  no rule is about it

        """,
        await SimulateAsync(Case, forPeople: true));

    [Theory]
    [InlineData("{}", "line 2: 'policy' is missing")]
    [InlineData("""{"now":"2026-06-01T12:00:00Z","images":[],"policy":{}}""", "line 2: Invalid parameter at 'LifecyclePolicyText' failed to satisfy constraint: 'Lifecycle policy validation failure: object has missing required properties ([\"rules\"])\n'")]
    public async Task What_is_no_case_ends_it_with_the_number_of_the_line(string line, string message)
    {
        var refusal = await Assert.ThrowsAsync<ConfigurationException>(() => SimulateAsync($"{Case}\n{line}\n{Case}", forPeople: false));

        Assert.Equal(message, refusal.Message);
    }

    [Theory]
    [InlineData("pushedAt\":\"2026-05-01", "pushedAt\":\"yesterday")]
    [InlineData("\"now\"", "\"then\"")]
    [InlineData("sha256:b", "sha256:a")]
    [InlineData("[\"v1\"]", "[null]")]
    [InlineData("[\"v1\"]", "7")]
    [InlineData("\"images\":[", "\"images\":[7,")]
    [InlineData("\"digest\":\"sha256:a\"", "\"status\":\"LOST\",\"digest\":\"sha256:a\"")]
    public async Task A_case_that_is_damaged_is_refused(string part, string damage)
    {
        var refusal = await Assert.ThrowsAsync<ConfigurationException>(
            () => SimulateAsync(Case.Replace(part, damage, StringComparison.Ordinal), forPeople: false));

        Assert.StartsWith("line 1: ", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_image_has_a_reason()
    {
        foreach (var line in await File.ReadAllLinesAsync(Checkout.PathOf("tests/Berth.Tests/Lifecycle/cases/evaluation.jsonl"), TestContext.Current.CancellationToken))
        {
            var answer = JsonSerializer.Deserialize<JsonElement>(await SimulateAsync(line, forPeople: false));
            Assert.All(answer.GetProperty("images").EnumerateArray(), image => Assert.NotEmpty(image.GetProperty("why").GetString()!));
        }
    }

    private static async Task<string> SimulateAsync(string cases, bool forPeople)
    {
        using var input = new StringReader(cases);
        await using var output = new StringWriter { NewLine = "\n" };
        await LifecycleCommand.SimulateAsync(input, output, forPeople, new(), TestContext.Current.CancellationToken);
        return output.ToString();
    }
}
