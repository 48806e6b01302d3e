using Berth.Policy.Documents;
using Berth.Vocabulary;

namespace Berth.Identity;

/// <summary>Policies by their texts: a document that many share, or that is decided by again and again, is parsed once.</summary>
public sealed class CompiledPolicies
{
    private readonly BoundedCache<(string Text, PolicyGrammar Grammar), PolicyDocument> compiled = new(most: 10_000);

    /// <summary>The compiled document. What was accepted once and cannot be read now is damaged, and must not count as no policy.</summary>
    public PolicyDocument Get(string text, PolicyGrammar grammar)
    {
        if (compiled.TryGet((text, grammar), out var document))
        {
            return document;
        }

        try
        {
            document = PolicyReader.Read(text, grammar);
        }
        catch (PolicyFormatException broken)
        {
            throw new ContentDamaged($"policy document ({broken.Message} at {broken.Path})").AsException();
        }

        compiled.Set((text, grammar), document);
        return document;
    }
}
