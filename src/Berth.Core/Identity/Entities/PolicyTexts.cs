using Berth.Policy.Documents;
using Berth.Vocabulary;

namespace Berth.Identity.Entities;

/// <summary>What IAM and STS accept as a policy. What is wrong is the fault <see cref="PolicyMalformed"/>.</summary>
public static class PolicyTexts
{
    /// <summary>Returns when a text is a policy of identities: inline, managed, or of a session.</summary>
    public static void CheckIdentity(string text) => Check(text, PolicyGrammar.OfIdentity);

    /// <summary>Returns when a text says who may assume a role.</summary>
    public static void CheckTrust(string text) => Check(text, PolicyGrammar.OfTrust);

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
