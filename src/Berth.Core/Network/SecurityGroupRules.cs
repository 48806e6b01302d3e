using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Network;

/// <summary>The rules of security groups.</summary>
public sealed class SecurityGroupRules(NetworkObjects objects)
{
    private const int Most = 60;

    /// <summary>Adds rules to a group, all or none. Faults: not found, for a group that a rule names too; it has one of them; it has too many.</summary>
    public Task<IReadOnlyList<SecurityGroupRule>> AddAsync(
        RegistryId home, string groupId, IReadOnlyList<SecurityGroupRule> rules, CancellationToken cancel) => objects.WriteAsync(
        async tx =>
        {
            var group = await objects.GetAsync<SecurityGroup>(tx, home, groupId);
            var there = (await objects.PartsAsync<SecurityGroupRule>(tx, home, [groupId])).Select(rule => rule.Print).ToHashSet(StringComparer.Ordinal);
            var made = new List<SecurityGroupRule>();
            foreach (var rule in rules)
            {
                if (!there.Add(rule.Print))
                {
                    throw NetworkRefused.RuleExists(rule.Print).AsException();
                }

                await CheckPeerAsync(tx, group, rule);
                made.Add(await objects.InsertAsync(tx, rule with { Home = home, VpcId = group.VpcId, ParentId = groupId }));
            }

            return there.Count <= 2 * Most
                ? (IReadOnlyList<SecurityGroupRule>)made
                : throw NetworkRefused.Limit(
                    NetworkRule.RulesLimit, "The maximum number of rules per security group has been reached.").AsException();
        },
        cancel);

    /// <summary>Takes rules from a group, all or none, and gives them. Faults: not found; the group has not all of them.</summary>
    public Task<IReadOnlyList<SecurityGroupRule>> RemoveAsync(
        RegistryId home, string groupId, IReadOnlyList<SecurityGroupRule> rules, CancellationToken cancel)
    {
        var prints = rules.Select(rule => rule.Print).ToHashSet(StringComparer.Ordinal);
        return RemoveAsync(
            home,
            groupId,
            there => prints.Count == there.Count(rule => prints.Contains(rule.Print))
                ? there.Where(rule => prints.Contains(rule.Print))
                : throw NetworkRefused.RuleNotFound().AsException(),
            cancel);
    }

    /// <summary>Takes rules from a group by their ids.</summary>
    /// <param name="home">Whose.</param>
    /// <param name="groupId">Which group.</param>
    /// <param name="isEgress">Whether rules on what goes out are meant; others are not found then.</param>
    /// <param name="ids">Which rules.</param>
    /// <param name="cancel">Ends the wait.</param>
    public Task<IReadOnlyList<SecurityGroupRule>> RemoveAsync(
        RegistryId home, string groupId, bool isEgress, IReadOnlyList<string> ids, CancellationToken cancel) => RemoveAsync(
        home,
        groupId,
        there => ids.Distinct(StringComparer.Ordinal).Select(id =>
            there.FirstOrDefault(rule => rule.IsEgress == isEgress && string.Equals(rule.Id, id, StringComparison.Ordinal))
            ?? throw new NetworkObjectNotFound(NetworkKind.SecurityGroupRule, id).AsException()),
        cancel);

    private Task<IReadOnlyList<SecurityGroupRule>> RemoveAsync(
        RegistryId home,
        string groupId,
        Func<IReadOnlyList<SecurityGroupRule>, IEnumerable<SecurityGroupRule>> choose,
        CancellationToken cancel) => objects.WriteAsync(
        async tx =>
        {
            await objects.GetAsync<SecurityGroup>(tx, home, groupId);
            IReadOnlyList<SecurityGroupRule> gone = [.. choose(await objects.PartsAsync<SecurityGroupRule>(tx, home, [groupId]))];
            foreach (var rule in gone)
            {
                await objects.DeleteAsync(tx, rule);
            }

            return gone;
        },
        cancel);

    private async Task CheckPeerAsync(Transaction tx, SecurityGroup group, SecurityGroupRule rule)
    {
        if (rule.PeerGroupId is { } id
            && !string.Equals((await objects.GetAsync<SecurityGroup>(tx, group.Home, id)).VpcId, group.VpcId, StringComparison.Ordinal))
        {
            throw NetworkRefused.Invalid(
                $"You have specified two resources that belong to different networks.").AsException();
        }
    }
}
