using System.Text.Json;
using Berth.Policy.Simulation;

namespace Berth.Policy.Tests;

/// <summary>Decisions worked out elsewhere, from AWS's documented examples and by a simulator of IAM: cases/decisions.jsonl.</summary>
public sealed class CaseTests
{
    private static readonly string[] Lines = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "cases", "decisions.jsonl"));

    public static TheoryData<string, int> Cases()
    {
        var cases = new TheoryData<string, int>();
        for (var i = 0; i < Lines.Length; i++)
        {
            cases.Add(Text(Lines[i], "id"), i);
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_case_is_decided_as_IAM_decides_it(string id, int index)
    {
        var line = Lines[index];
        var (request, policies) = SimulationCase.Read(line);

        var decision = Evaluator.Decide(request, policies);

        Assert.True(
            string.Equals(Text(line, "expected"), decision.Verdict.ToString(), StringComparison.Ordinal),
            $"{id}, {Text(line, "description")}: {decision.Verdict} {decision.Because} [{string.Join("; ", decision.Reasons)}], not {Text(line, "expected")}\n{line}");
    }

    private static string Text(string line, string member)
    {
        using var json = JsonDocument.Parse(line);
        return json.RootElement.GetProperty(member).GetString()!;
    }
}
