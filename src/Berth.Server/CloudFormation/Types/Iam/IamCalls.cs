using Berth.Identity.Entities;
using Berth.Stacks;

namespace Berth.Server.CloudFormation.Types.Iam;

/// <summary>What types of IAM do alike. Everything can be done again: what is given may be there, what is taken may be gone.</summary>
internal sealed class IamCalls(ResourceCalls calls, IamEntities entities)
{
    /// <summary>The calls.</summary>
    public ResourceCalls Calls => calls;

    /// <summary>The entity of a name in the stack's account.</summary>
    public static EntityName NameOf(ResourceWork work, EntityKind kind, string name) =>
        new(new(work.Home.Account, work.Home.Region.Partition), kind, name);

    /// <summary>The entity of a name if an earlier attempt made it. It is looked for behind the wire, for nobody has asked.</summary>
    public async Task<Entity?> FindMadeAsync(ResourceWork work, EntityKind kind, string name, CancellationToken cancel) =>
        work.IsRetry && await entities.FindAsync(NameOf(work, kind, name), cancel) is { } found && work.MayHaveMade(found.CreatedAt) ? found : null;

    /// <summary>Takes something away that may be gone.</summary>
    public Task TakeAsync(ResourceWork work, object request, CancellationToken cancel) =>
        calls.RemoveAsync(work, request, code => code is "NoSuchEntity", cancel);

    /// <summary>Gives an owner the policies that it is to have, and takes those that it had.</summary>
    public async Task ChangePoliciesAsync(ResourceWork work, PolicyOwner owner, string name, Change<OwnPolicies> change, CancellationToken cancel)
    {
        var (before, after) = (change.Before, change.After);
        foreach (var arn in before.Managed.Except(after.Managed, StringComparer.Ordinal))
        {
            await TakeAsync(work, owner.Detach(name, arn), cancel);
        }

        foreach (var arn in after.Managed.Except(before.Managed, StringComparer.Ordinal))
        {
            await calls.DoAsync(work, owner.Attach(name, arn), cancel);
        }

        foreach (var policy in after.Inline.Except(before.Inline))
        {
            await calls.DoAsync(work, owner.Put(name, policy), cancel);
        }

        var kept = after.Inline.Select(policy => policy.PolicyName).ToHashSet(StringComparer.Ordinal);
        foreach (var policy in before.Inline.Where(policy => !kept.Contains(policy.PolicyName)))
        {
            await TakeAsync(work, owner.Delete(name, policy.PolicyName), cancel);
        }
    }
}

/// <summary>The policies that a template gives an entity.</summary>
internal sealed record OwnPolicies
{
    /// <summary>None.</summary>
    public static readonly OwnPolicies None = new(null, null);

    /// <summary>Those that a template has.</summary>
    public OwnPolicies(IReadOnlyList<PolicyProperty>? inline, IReadOnlyList<string>? managed) => (Inline, Managed) = (inline ?? [], managed ?? []);

    /// <summary>Inline policies.</summary>
    public IReadOnlyList<PolicyProperty> Inline { get; }

    /// <summary>The ARNs of managed policies.</summary>
    public IReadOnlyList<string> Managed { get; }
}
