using Berth.Vocabulary;

namespace Berth.Registry;

/// <summary>Gives repositories layers that others of their registry have, as the account's setting allows.</summary>
public sealed class LayerMounts(Layers layers, AccountSettings settings)
{
    /// <summary>
    /// The repositories that a layer may be mounted from: the one that was named, or where ECR's rules do not hold, and none was,
    /// some that have it. Who may read them is for the caller to find out.
    /// </summary>
    /// <param name="target">The repository that is to have it.</param>
    /// <param name="named">What the push says it has it from; text that names no repository names none.</param>
    /// <param name="digest">The layer.</param>
    /// <param name="cancel">Ends the search.</param>
    public async Task<IReadOnlyList<RepositoryName>> FindSourcesAsync(
        RepositoryId target, string? named, Digest digest, CancellationToken cancel)
    {
        var mounting = await settings.FindMountingAsync(target.Registry, cancel);
        return mounting switch
        {
            BlobMounting.Disabled => [],
            _ when named is not null => RepositoryName.TryParse(named, out var name) ? [name] : [],
            BlobMounting.WhereReadable => await layers.FindSourcesAsync(target, digest, cancel),
            _ => [],
        };
    }

    /// <summary>Mounts a layer. False when it cannot be, and the client is to upload it: see <see cref="Layers.MountAsync"/>.</summary>
    public async Task<bool> MountAsync(RepositoryId target, RepositoryName source, Digest digest, CancellationToken cancel)
    {
        var mounting = await settings.FindMountingAsync(target.Registry, cancel);
        return mounting is not BlobMounting.Disabled
            && await layers.MountAsync(target, source, digest, mustBeReferenced: mounting is BlobMounting.Enabled, cancel);
    }
}
