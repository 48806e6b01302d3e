namespace Berth.Vocabulary;

/// <summary>The layer is not in the repository.</summary>
public sealed record LayerNotFound(RepositoryId Repository, string Digest)
    : Fault($"The layer with digest '{Digest}' does not exist within the repository with name '{Repository.Name}' in the registry with id '{Repository.Account}'")
{
    /// <summary>The layer of that digest is not in the repository.</summary>
    public LayerNotFound(RepositoryId repository, Digest digest)
        : this(repository, digest.ToString())
    {
    }
}

/// <summary>The layer was uploaded, but no image refers to it yet; ECR's API gives such a layer to nobody.</summary>
public sealed record LayerInaccessible(RepositoryId Repository, Digest Digest)
    : Fault($"The layer with digest '{Digest}' in the repository with name '{Repository.Name}' in registry with id '{Repository.Account}' is not accessible because no image refers to it");

/// <summary>The images that refer to the layer are all archived. The text is ours.</summary>
public sealed record LayerArchived(RepositoryId Repository, Digest Digest)
    : Fault($"The layer with digest '{Digest}' in the repository with name '{Repository.Name}' in registry with id '{Repository.Account}' is not accessible because the images that refer to it are archived");

/// <summary>The layer is in the repository already.</summary>
public sealed record LayerAlreadyExists(RepositoryId Repository, Digest Digest)
    : Fault($"The layer with digest '{Digest}' already exists in the repository with name '{Repository.Name}' in registry with id '{Repository.Account}'");

/// <summary>An image still refers to the layer, so it cannot be deleted.</summary>
public sealed record LayerInUse(RepositoryId Repository, Digest Digest)
    : Fault($"the layer with digest '{Digest}' in the repository with name '{Repository.Name}' cannot be deleted because images refer to it");

/// <summary>No such upload session: it never was, has ended, or has expired.</summary>
public sealed record UploadNotFound(RepositoryId Repository, string Upload)
    : Fault($"The upload with id '{Upload}' in the repository with name '{Repository.Name}' in the registry with id '{Repository.Account}' does not exist");

/// <summary>Another request is writing to the upload at this moment.</summary>
public sealed record UploadInUse(RepositoryId Repository, UploadId Upload)
    : Fault($"the upload with id '{Upload}' in the repository with name '{Repository.Name}' is being written by another request");

/// <summary>A part does not begin where the bytes received so far end.</summary>
public sealed record LayerPartOutOfOrder(RepositoryId Repository, UploadId Upload, long First, long Expected)
    : Fault($"First byte of the layer part is {First} instead of {Expected}");

/// <summary>A part is not as long as its own header or its request says.</summary>
public sealed record LayerPartLengthWrong(RepositoryId Repository, UploadId Upload, long Length, long Declared, long Received)
    : Fault($"the layer part is {Length} bytes long instead of {Declared}");

/// <summary>A part other than the last is shorter than 5 MiB; ECR's API says so at completion.</summary>
public sealed record LayerPartTooSmall(RepositoryId Repository)
    : Fault("All layer parts except the last part should be at least 5MB");

/// <summary>The bytes are not those of any digest the caller gave.</summary>
public sealed record LayerDigestMismatch(RepositoryId Repository)
    : Fault("None of the provided layer digests match the calculated layer digest");

/// <summary>An upload with no part cannot be completed over ECR's API.</summary>
public sealed record UploadEmpty(RepositoryId Repository, UploadId Upload)
    : Fault($"The upload with id '{Upload}' in the repository with name '{Repository.Name}' in registry with id '{Repository.Account}' cannot be completed because it does not have any parts");

/// <summary>The layer is longer than a layer may be.</summary>
public sealed record LayerTooLarge(RepositoryId Repository, long Limit)
    : Fault($"The layer in the repository with name '{Repository.Name}' in registry with id '{Repository.Account}' exceeds the maximum allowed layer size which is '{Limit}' bytes");

/// <summary>The bytes asked for lie outside the content.</summary>
public sealed record RangeNotSatisfiable(long Length)
    : Fault($"the requested range lies outside the content, which is {Length} bytes long");
