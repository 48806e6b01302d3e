using System.Collections.Immutable;
using System.Text.Json;

namespace Berth.Policy.Documents;

/// <summary>Reads policies strictly: what it does not know, it refuses, since a limit misread is a limit lost.</summary>
public static class PolicyReader
{
    /// <summary>The most characters a document may have.</summary>
    public const int MaxLength = 131_072;

    private const int MaxDepth = 16;
    private const string Root = "$";

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = MaxDepth, AllowDuplicateProperties = false };

    /// <summary>Reads a document from its text.</summary>
    /// <exception cref="PolicyFormatException">It is none, or none of this kind.</exception>
    public static PolicyDocument Read(string text, PolicyGrammar grammar)
    {
        if (text.Length > MaxLength)
        {
            throw new PolicyFormatException(Node.SyntaxError, Root);
        }

        try
        {
            using var json = JsonDocument.Parse(text, Options);
            return Read(new Node(json.RootElement, Root), grammar);
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException or InvalidOperationException)
        {
            // The latter two: half of a surrogate pair, which shows only when a string is written to or taken from UTF-8.
            throw new PolicyFormatException("This policy contains invalid Json", Root);
        }
    }

    internal static PolicyDocument Read(Node root, PolicyGrammar grammar)
    {
        var (version, id, statement) = (PolicyDocument.Legacy, (string?)null, (Node?)null);
        foreach (var (name, value) in root.AsMembers())
        {
            switch (name)
            {
                case "Version":
                    version = value.AsText() is PolicyDocument.Current or PolicyDocument.Legacy ? value.AsText() : throw value.Refuse();
                    break;
                case "Id":
                    id = value.AsText();
                    break;
                case "Statement":
                    statement = value;
                    break;
                default:
                    throw value.Refuse();
            }
        }

        return new(version, id, ReadStatements(statement ?? throw root.Refuse(), new(grammar, version is PolicyDocument.Current)));
    }

    private static ImmutableArray<Statement> ReadStatements(Node node, StatementReader reader)
    {
        var statements = ImmutableArray.CreateBuilder<Statement>();
        var sids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in node.AsMany())
        {
            var statement = reader.Read(item, statements.Count + 1);
            if (statement.Sid is { Length: > 0 } sid && !sids.Add(sid))
            {
                throw item.Refuse("Statement IDs (SID) in a single policy must be unique.");
            }

            statements.Add(statement);
        }

        return statements.Count > 0 ? statements.ToImmutable() : throw node.Refuse();
    }
}
