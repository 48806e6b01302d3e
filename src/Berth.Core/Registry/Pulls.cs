using Berth.Identity;
using Berth.Vocabulary;

namespace Berth.Registry;

/// <summary>What follows from somebody's having been given a manifest. A read that is a push's own check looks the same, to ECR too.</summary>
public sealed class Pulls(PullTimes times, PullTimeExclusions exclusions, Permissions permissions)
{
    /// <summary>Takes note of a pull, unless whoever pulled is excluded: a user, or a role by any of its sessions.</summary>
    public async ValueTask NoteAsync(Caller caller, RepositoryId repository, Digest digest, CancellationToken cancel)
    {
        if (!await IsExcludedAsync(caller, repository.Registry, cancel))
        {
            times.Note(repository, digest);
        }
    }

    // The ARN of a session has neither its role's path nor, for a federated user, its user's name: the owner's has.
    private async ValueTask<bool> IsExcludedAsync(Caller caller, RegistryId registry, CancellationToken cancel) =>
        await exclusions.AreAnyAsync(registry, cancel)
        && await permissions.FindAsync(caller, cancel) is { } owner
        && await exclusions.ContainAsync(registry, owner.Arn, cancel);
}
