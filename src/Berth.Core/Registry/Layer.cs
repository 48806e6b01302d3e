using Berth.Storage.Blobs;
using Berth.Vocabulary;

namespace Berth.Registry;

/// <summary>A blob as a repository has it.</summary>
/// <param name="Repository">The repository.</param>
/// <param name="Blob">Where its bytes lie, and the key they are sealed under.</param>
/// <param name="IsReferenced">Whether an image of the repository refers to it.</param>
public sealed record Layer(Repository Repository, StoredBlob Blob, bool IsReferenced)
{
    /// <summary>What an image that refers to it says it is; null when none does.</summary>
    public string? MediaType { get; init; }

    /// <summary>Whether the images that refer to it are all archived.</summary>
    public bool IsArchived { get; init; }

    /// <summary>The digest of its bytes.</summary>
    public Digest Digest => Blob.Key.Digest;

    /// <summary>Its length in bytes.</summary>
    public long Size => Blob.Size;

    /// <summary>To be called before its bytes are given to anybody. Fault: <see cref="LayerArchived"/>.</summary>
    public void RefuseArchived()
    {
        if (IsArchived)
        {
            throw new LayerArchived(Repository.Id, Digest).AsException();
        }
    }
}
