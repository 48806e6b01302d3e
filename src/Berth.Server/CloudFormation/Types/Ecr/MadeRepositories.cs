using Berth.Lifecycle;
using Berth.Registry;
using Berth.Server.Ecr.Shapes;
using Berth.Server.Gate;
using Berth.Stacks;
using Berth.Vocabulary;

namespace Berth.Server.CloudFormation.Types.Ecr;

/// <summary>
/// Finds what an attempt made that was killed before it could say so. It looks behind the wire: the repository's policy may let nobody look,
/// and whoever asked for the stack need not have a permission for the server's own recovery.
/// </summary>
internal sealed class MadeRepositories(
    Repositories repositories, RepositoryPolicies policies, LifecyclePolicies lifecycle, RegistryHosts hosts)
{
    /// <summary>The repository of a name as an earlier attempt left it; null when none made it.</summary>
    public async Task<MadeRepository?> FindAsync(ResourceWork work, string name, CancellationToken cancel)
    {
        if (!work.IsRetry || !RepositoryName.TryParse(name, out var parsed))
        {
            return null;
        }

        var id = new RepositoryId(work.Home, parsed);
        return await repositories.FindAsync(id, cancel) is { } found && work.MayHaveMade(found.CreatedAt)
            ? new(RepositoryDetail.Of(found, hosts))
            {
                HasPolicy = await IsThereAsync<RepositoryPolicyNotFound>(() => policies.GetAsync(id, cancel)),
                HasLifecyclePolicy = await IsThereAsync<LifecyclePolicyNotFound>(() => lifecycle.GetAsync(id, cancel)),
            }
            : null;
    }

    private static async Task<bool> IsThereAsync<TMissing>(Func<Task> get)
        where TMissing : Fault
    {
        try
        {
            await get();
            return true;
        }
        catch (FaultException missing) when (missing.Fault is TMissing)
        {
            return false;
        }
    }
}

/// <summary>A repository that an earlier attempt made.</summary>
internal sealed record MadeRepository(RepositoryDetail Detail)
{
    /// <summary>Whether it got as far as the repository policy.</summary>
    public bool HasPolicy { get; init; }

    /// <summary>Whether it got as far as the lifecycle policy.</summary>
    public bool HasLifecyclePolicy { get; init; }
}
