using System.Globalization;
using System.Text.RegularExpressions;

namespace Berth.Tests.Architecture;

/// <summary>The rows of namespaces: each may use those above its own, and nothing beside or below.</summary>
/// <param name="rows">The namespaces of each row, from the top. Namespaces inside one of them belong to it.</param>
internal sealed partial class NamespaceOrder(IReadOnlyList<string[]> rows)
{
    /// <summary>Reads the table in ARCHITECTURE.md, where <c>, then</c> begins a row within a row.</summary>
    public static NamespaceOrder Read(string path) => new(
    [
        .. File.ReadLines(path)
            .Where(line => RowOfTable().IsMatch(line))
            .SelectMany(line => line.Split(", then "))
            .Select(row => Namespace().Matches(row).Select(match => match.Groups["name"].Value).ToArray()),
    ]);

    /// <summary>The namespace of the table that a type belongs to; null when it has no row.</summary>
    public string? OwnerOf(Type type) => rows.SelectMany(row => row).FirstOrDefault(name => IsWithin(type.Namespace, name));

    /// <summary>What a type uses that stands beside or below its own namespace.</summary>
    public IEnumerable<string> ViolationsOf(Type type)
    {
        if (OwnerOf(type) is not { } own)
        {
            yield break;
        }

        foreach (var used in TypeUses.Of(type))
        {
            if (OwnerOf(used) is { } other && !string.Equals(other, own, StringComparison.Ordinal) && RowOf(other) >= RowOf(own))
            {
                yield return string.Create(
                    CultureInfo.InvariantCulture, $"{type} in row {RowOf(own) + 1} uses {used} of {other} in row {RowOf(other) + 1}");
            }
        }
    }

    private static bool IsWithin(string? name, string parent) =>
        name is not null
        && name.StartsWith(parent, StringComparison.Ordinal)
        && (name.Length == parent.Length || name[parent.Length] == '.');

    private int RowOf(string name)
    {
        var row = 0;
        while (!rows[row].Contains(name, StringComparer.Ordinal))
        {
            row++;
        }

        return row;
    }

    [GeneratedRegex(@"^\| \d+ \| ", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RowOfTable();

    [GeneratedRegex(@"`(?<name>Berth[\w.]*)`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Namespace();
}
