using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Berth.Policy.Documents;

/// <summary>
/// Reads principals: everybody, accounts, ARNs of users, roles and sessions, services and identity providers. A wildcard
/// is a whole principal or none of it.
/// </summary>
internal static partial class PrincipalReader
{
    private const string Everybody = "*";

    public static PrincipalElement Read(Node node, bool isNegated)
    {
        if (node.IsText)
        {
            return node.AsText() is Everybody ? new(isEverybody: true, [], [], isNegated) : throw node.Refuse();
        }

        var principals = node.AsMembers().SelectMany(member => ReadKind(member.Key, member.Value)).ToList();
        return principals.Count is 0 ? throw node.Refuse() : Collect(principals, isNegated);
    }

    private static PrincipalElement Collect(List<string> principals, bool isNegated)
    {
        var accounts = principals.Select(FindAccount).OfType<string>().ToFrozenSet(StringComparer.Ordinal);
        var names = principals.Where(principal => FindAccount(principal) is null).ToFrozenSet(StringComparer.Ordinal);
        return new(names.Contains(Everybody), accounts, names, isNegated);
    }

    private static IEnumerable<string> ReadKind(string kind, Node node)
    {
        foreach (var item in node.AsMany())
        {
            var principal = item.AsText();
            var isValid = kind switch
            {
                "AWS" => AwsPrincipal().IsMatch(principal),
                "Service" or "Federated" or "CanonicalUser" => principal.Length > 0
                    && !principal.Contains('*', StringComparison.Ordinal)
                    && FindAccount(principal) is null,
                _ => throw node.Refuse(),
            };

            yield return isValid ? principal : throw item.Refuse($"Invalid principal in policy: \"{kind}\":\"{principal}\"");
        }
    }

    private static string? FindAccount(string principal) =>
        Account().Match(principal) is { Success: true } match ? match.Groups["id"].Value : null;

    [GeneratedRegex(@"^(arn:aws[a-z-]*:iam::(?<id>[0-9]{12}):root|(?<id>[0-9]{12}))\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Account();

    /// <summary>The last form is the unique id that stands in place of a user or role that has been deleted.</summary>
    [GeneratedRegex(
        @"^(\*|[0-9]{12}|arn:aws[a-z-]*:iam::[0-9]{12}:(root|(user|role)/[^*?\s]+)|arn:aws[a-z-]*:sts::[0-9]{12}:(assumed-role|federated-user)/[^*?\s]+|A[A-Z0-9]{15,127})\z",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex AwsPrincipal();
}
