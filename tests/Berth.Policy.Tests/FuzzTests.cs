using System.Globalization;
using Berth.Policy.Documents;
using Berth.Policy.Simulation;

namespace Berth.Policy.Tests;

/// <summary>
/// Cases damaged at random, the same ones in each run; with BERTH_FUZZ=inputs,seed in the environment, others and as many as are
/// wanted.
/// </summary>
public sealed class FuzzTests
{
    private static readonly int Inputs = Wanted(0) ?? 20_000;
    private static readonly int Seed = Wanted(1) ?? 20_260_315;

    private static readonly string[] Scraps =
    [
        "\"", "{", "}", "[", "]", ",", ":", "*", "?", "${", "}", "${aws:username, '", "null", "true", "-1e999", "\\ud800", "\ud800", "\\u0000",
        "\uffff", "NotPrincipal", "\"Action\"", "ForAllValues:", "IfExists", "arn:", "arn:aws:::::", "::/129", "9999-99-99", "=", "%", "\"\"", "[[[[[[[[[[[[[[[[[[[[",
    ];

    [Fact]
    public void Whatever_comes_is_decided_or_refused_with_a_text()
    {
        var random = new Random(Seed);
        var lines = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "cases", "decisions.jsonl"));
        var (decided, refused) = (0, 0);
        for (var i = 0; i < Inputs; i++)
        {
            var line = Damage(lines[random.Next(lines.Length)], random);
            try
            {
                var (request, policies) = SimulationCase.Read(line);
                Assert.True(Enum.IsDefined(Evaluator.Decide(request, policies).Verdict));
                decided++;
            }
            catch (PolicyFormatException refusal)
            {
                Assert.NotEmpty(refusal.Message);
                Assert.StartsWith("$", refusal.Path, StringComparison.Ordinal);
                refused++;
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{decided} decided, {refused} refused");
        Assert.True(decided > Inputs / 10 && refused > Inputs / 10, $"{decided} decided, {refused} refused: the damage is too little or too much");
    }

    [Fact]
    public void Whatever_text_comes_is_a_document_or_refused_with_a_text()
    {
        var random = new Random(Seed);
        for (var i = 0; i < Inputs; i++)
        {
            var text = Damage("""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":["*"]},"Action":"ecr:*"}]}""", random);
            try
            {
                var document = PolicyReader.Read(text, PolicyGrammar.OfResource);
                Assert.NotEmpty(document.Statements);
                Assert.Equal(document.Statements.Length, DocumentOutline.Of(text).Statements.Length);
            }
            catch (PolicyFormatException refusal)
            {
                Assert.NotEmpty(refusal.Message);
            }
        }
    }

    private static int? Wanted(int part) =>
        Environment.GetEnvironmentVariable("BERTH_FUZZ")?.Split(',') is { } parts && parts.Length > part
            ? int.Parse(parts[part], CultureInfo.InvariantCulture)
            : null;

    private static string Damage(string text, Random random)
    {
        for (var times = random.Next(4); times > 0; times--)
        {
            var start = random.Next(text.Length);
            text = random.Next(5) switch
            {
                0 => text.Remove(start, Math.Min(random.Next(1, 9), text.Length - start)),
                1 => text.Insert(start, Scraps[random.Next(Scraps.Length)]),
                2 => text.Insert(start, text.Substring(start, Math.Min(random.Next(1, 30), text.Length - start))),
                3 => text[..start] + (char)random.Next(' ', 0x180) + text[(start + 1)..],
                _ => ReplaceValue(text, start, random),
            };
        }

        return text;
    }

    /// <summary>Replaces what stands in the next quotes, which leaves JSON as it was and so reaches the rules behind it.</summary>
    private static string ReplaceValue(string text, int start, Random random)
    {
        var open = text.IndexOf('"', start);
        var close = open < 0 ? -1 : text.IndexOf('"', open + 1);
        return close < 0 ? text : text[..(open + 1)] + Scraps[random.Next(Scraps.Length)].Trim('"') + text[close..];
    }
}
