using System.Collections.Immutable;
using Berth.Policy.Patterns;

namespace Berth.Policy.Documents;

/// <summary>Reads the statements of a document.</summary>
/// <param name="grammar">What statements of its kind have.</param>
/// <param name="variables">Whether its version has variables.</param>
internal sealed class StatementReader(PolicyGrammar grammar, bool variables)
{
    private static readonly HashSet<string> Elements = new(StringComparer.Ordinal)
    {
        "Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition",
    };

    public Statement Read(Node node, int number)
    {
        var elements = new Dictionary<string, Node>(StringComparer.Ordinal);
        foreach (var (name, value) in node.AsMembers())
        {
            elements.Add(name, Elements.Contains(name) ? value : throw value.Refuse());
        }

        var effect = ReadEffect(Find(elements, "Effect") ?? throw node.Refuse());
        return new(number, Find(elements, "Sid")?.AsText(), effect, ReadActions(node, Either(elements, "Action")))
        {
            Principals = ReadPrincipals(node, Either(elements, "Principal")),
            Resources = ReadResources(node, Either(elements, "Resource")),
            Conditions = Find(elements, "Condition") is { } block ? [.. ConditionReader.Read(block, variables)] : [],
        };
    }

    private static Node? Find(Dictionary<string, Node> elements, string name) => elements.TryGetValue(name, out var node) ? node : null;

    /// <summary>An element or its negation; both at once have no meaning.</summary>
    private static (Node Node, bool IsNegated)? Either(Dictionary<string, Node> elements, string name) =>
        (Find(elements, name), Find(elements, $"Not{name}")) switch
        {
            (null, null) => null,
            ({ } plain, null) => (plain, false),
            (null, { } negated) => (negated, true),
            (_, { } both) => throw both.Refuse(),
        };

    private static Effect ReadEffect(Node node) => node.AsText() switch
    {
        "Allow" => Effect.Allow,
        "Deny" => Effect.Deny,
        _ => throw node.Refuse(),
    };

    private PrincipalElement? ReadPrincipals(Node statement, (Node Node, bool IsNegated)? element) => (element, grammar.Principal) switch
    {
        ({ } given, not Presence.Prohibited) => PrincipalReader.Read(given.Node, given.IsNegated),
        ({ } given, _) => throw given.Node.Refuse("Policy document should not specify a principal."),
        (null, Presence.Required) => throw statement.Refuse("Missing required field Principal"),
        _ => null,
    };

    private static PatternElement<Template> ReadActions(Node statement, (Node Node, bool IsNegated)? element)
    {
        const string None = "Policy statement must contain actions.";
        var (node, isNegated) = element ?? throw statement.Refuse(None);
        var patterns = node.AsMany().Select(ReadAction).ToImmutableArray();
        return patterns.IsEmpty ? throw node.Refuse(None) : new(patterns, isNegated);
    }

    private static Template ReadAction(Node node)
    {
        var action = node.AsText();
        var vendor = action.AsSpan(0, Math.Max(0, action.IndexOf(':', StringComparison.Ordinal)));
        if (action is not "*" && vendor.IsEmpty)
        {
            throw node.Refuse("Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.");
        }

        if (action.AsSpan().Count(':') > 1)
        {
            throw node.Refuse("Actions/Condition can contain only one colon.");
        }

        foreach (var character in vendor)
        {
            if (!char.IsAsciiLetterOrDigit(character) && character is not ('-' or '.' or '*'))
            {
                throw node.Refuse($"Vendor {vendor} is not valid");
            }
        }

        return Template.Parse(action, new(Wildcards: true, Variables: false, IgnoreCase: true));
    }

    private PatternElement<ArnPattern>? ReadResources(Node statement, (Node Node, bool IsNegated)? element)
    {
        const string None = "Policy statement must contain resources.";
        if (element is not var (node, isNegated))
        {
            return grammar.Resource is Presence.Required ? throw statement.Refuse(None) : null;
        }

        if (grammar.Resource is Presence.Prohibited)
        {
            throw node.Refuse("Has prohibited field Resource.");
        }

        var patterns = node.AsMany().Select(ReadResource).ToImmutableArray();
        return patterns.IsEmpty ? throw node.Refuse(None) : new(patterns, isNegated);
    }

    private ArnPattern ReadResource(Node node)
    {
        var resource = node.AsText();
        return ArnPattern.FindResource(resource, variables) ?? throw node.Refuse($"Resource {resource} must be in ARN format or \"*\".");
    }
}
