using Berth.Policy.Documents;
using Berth.Vocabulary;

namespace Berth.Identity.Entities;

/// <summary>What IAM and STS accept as a policy. What is wrong is the fault <see cref="PolicyMalformed"/>.</summary>
public static class PolicyTexts
{
    /// <summary>Returns when a text is a policy of identities: inline, managed, or of a session.</summary>
    public static void CheckIdentity(string text) => Check(text, PolicyGrammar.OfIdentity);

    /// <summary>Returns when a text can be a version of a managed policy. Fault also: <see cref="IdentityQuotaExceeded"/>.</summary>
    public static void CheckManaged(string text)
    {
        RefuseLonger(text, "PolicySize", 6144);
        CheckIdentity(text);
    }

    /// <summary>Returns when a text says who may assume a role. Fault also: <see cref="IdentityQuotaExceeded"/>.</summary>
    public static void CheckTrust(string text)
    {
        RefuseLonger(text, "ACLSizePerRole", 2048);
        Check(text, PolicyGrammar.OfTrust);
    }

    // White space does not count (IAM quotas).
    private static void RefuseLonger(string text, string quota, int most)
    {
        if (text.Count(character => !char.IsWhiteSpace(character)) > most)
        {
            throw new IdentityQuotaExceeded(quota, most).AsException();
        }
    }

    private static void Check(string text, PolicyGrammar grammar)
    {
        try
        {
            PolicyReader.Read(text, grammar);
        }
        catch (PolicyFormatException broken)
        {
            throw new PolicyMalformed(broken.Message).AsException();
        }
    }
}
