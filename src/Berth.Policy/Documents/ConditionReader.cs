using System.Collections.Immutable;
using Berth.Policy.Conditions;

namespace Berth.Policy.Documents;

/// <summary>Reads a Condition block: operators with keys with values.</summary>
internal static class ConditionReader
{
    public static IEnumerable<Condition> Read(Node block, bool variables) =>
        from test in block.AsMembers()
        from key in test.Value.AsMembers()
        select Read(test.Key, key, variables);

    private static Condition Read(string name, KeyValuePair<string, Node> key, bool variables)
    {
        if (!key.Key.Contains(':', StringComparison.Ordinal))
        {
            throw key.Value.Refuse("Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.");
        }

        var values = key.Value.AsMany().Select(value => value.AsScalar()).ToImmutableArray();
        return Operators.Find(name, key.Key, values, variables) ?? throw key.Value.Refuse();
    }
}
