using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Network;

/// <summary>Security groups. What they allow is told, and decides who comes to VPC endpoints; Berth itself carries no packets.</summary>
public sealed class SecurityGroups(NetworkObjects objects)
{
    /// <summary>Makes a group that lets everything out. Faults: no such VPC; the VPC has one of that name.</summary>
    public Task<SecurityGroup> CreateAsync(SecurityGroup made, CancellationToken cancel) => objects.WriteAsync(
        async tx =>
        {
            await objects.GetAsync<Vpc>(tx, made.Home, made.VpcId!);
            var others = await objects.OfVpcAsync<SecurityGroup>(tx, made.Home, made.VpcId!);
            return others.Any(other => string.Equals(other.Name, made.Name, StringComparison.Ordinal))
                ? throw NetworkRefused.GroupExists(made.Name, made.VpcId!).AsException()
                : await CreateAsync(tx, made);
        },
        cancel);

    /// <summary>Deletes a group with its rules. Faults: not found; it is a VPC's default; something has it, or a rule names it.</summary>
    public Task DeleteAsync(RegistryId home, string id, CancellationToken cancel) => objects.WriteAsync(
        async tx =>
        {
            var group = await objects.GetAsync<SecurityGroup>(tx, home, id);
            if (group.Name is SecurityGroup.Default)
            {
                throw NetworkRefused.GroupIsDefault(id).AsException();
            }

            await objects.DeleteAsync(tx, group);
        },
        cancel);

    /// <summary>The rules of groups.</summary>
    public async Task<ILookup<string, SecurityGroupRule>> RulesAsync(RowReader rows, RegistryId home, IReadOnlyCollection<string> groups) =>
        (await objects.PartsAsync<SecurityGroupRule>(rows, home, groups)).ToLookup(rule => rule.ParentId!, StringComparer.Ordinal);

    internal async Task<SecurityGroup> CreateAsync(Transaction tx, SecurityGroup made)
    {
        var group = await objects.InsertAsync(tx, made);
        await objects.InsertAsync(tx, new SecurityGroupRule
        {
            Home = group.Home,
            VpcId = group.VpcId,
            ParentId = group.Id,
            IsEgress = true,
            Protocol = "-1",
            CidrV4 = "0.0.0.0/0",
        });
        return group;
    }
}
