using System.Text.Json;
using Berth.Policy.Documents;
using Berth.Vocabulary;

namespace Berth.Identity.Entities;

/// <summary>
/// What IAM and STS accept as a policy: the language, and what they ask beyond it. What is wrong is the fault
/// <see cref="PolicyMalformed"/>, what is too long <see cref="IdentityQuotaExceeded"/>.
/// </summary>
public static class PolicyTexts
{
    /// <summary>The most characters of a version of a managed policy, white space not counted (IAM quotas).</summary>
    public const int LongestManaged = 6144;

    /// <summary>The most characters of a trust policy, white space not counted (IAM quotas).</summary>
    public const int LongestTrust = 2048;

    /// <summary>Returns when a text is a policy of identities: inline, managed, or of a session.</summary>
    public static void CheckIdentity(string text) => Read(text, PolicyGrammar.OfIdentity);

    /// <summary>Returns when a text can be a version of a managed policy.</summary>
    public static void CheckManaged(string text)
    {
        RefuseLonger(text, "PolicySize", LongestManaged);
        if (Read(text, PolicyGrammar.OfIdentity).Version is not PolicyDocument.Current)
        {
            throw new PolicyMalformed($"Policy document must be version {PolicyDocument.Current} or greater.").AsException();
        }
    }

    /// <summary>Returns when a text says who may assume a role.</summary>
    public static void CheckTrust(string text)
    {
        RefuseLonger(text, "ACLSizePerRole", LongestTrust);
        Read(text, PolicyGrammar.OfTrust);
        using var json = JsonDocument.Parse(text);
        if (!Many(json.RootElement.GetProperty("Statement")).SelectMany(Actions).All(IsOfSts))
        {
            throw new PolicyMalformed("AssumeRole policy may only specify STS AssumeRole actions.").AsException();
        }
    }

    private static PolicyDocument Read(string text, PolicyGrammar grammar)
    {
        try
        {
            var document = PolicyReader.Read(text, grammar);
            return document.Statements.All(statement => statement.Sid?.All(char.IsAsciiLetterOrDigit) is not false)
                ? document
                : throw new PolicyMalformed(
                    "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*").AsException();
        }
        catch (PolicyFormatException broken)
        {
            throw new PolicyMalformed(broken.Located).AsException();
        }
    }

    // White space does not count (IAM quotas).
    private static void RefuseLonger(string text, string quota, int most)
    {
        if (text.Count(character => !char.IsWhiteSpace(character)) > most)
        {
            throw new IdentityQuotaExceeded(quota, most).AsException();
        }
    }

    private static bool IsOfSts(JsonElement action) => action.GetString()!.StartsWith("sts:", StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<JsonElement> Actions(JsonElement statement) =>
        statement.TryGetProperty("Action", out var actions) || statement.TryGetProperty("NotAction", out actions) ? Many(actions) : [];

    private static IEnumerable<JsonElement> Many(JsonElement element) =>
        element.ValueKind is JsonValueKind.Array ? element.EnumerateArray() : [element];
}
