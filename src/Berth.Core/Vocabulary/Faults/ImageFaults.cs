namespace Berth.Vocabulary;

/// <summary>No image of that digest or tag is in the repository.</summary>
public sealed record ImageNotFound(RepositoryId Repository, string? Digest, string? Tag)
    : Fault($"The image with imageId {{imageDigest:'{Digest ?? "null"}', imageTag:'{Tag ?? "null"}'}} does not exist within the repository with name '{Repository.Name}' in the registry with id '{Repository.Account}'");

/// <summary>No image of that digest is in the recycle bin of the repository. The text is ours.</summary>
public sealed record ImageNotRecycled(RepositoryId Repository, Digest Digest)
    : Fault($"The image with digest '{Digest}' is not in the recycle bin of the repository with name '{Repository.Name}' in the registry with id '{Repository.Account}'");

/// <summary>The image lies in the archive, and nothing can be pulled from there. The text is ours.</summary>
public sealed record ImageArchived(RepositoryId Repository, Digest Digest)
    : Fault($"The image with digest '{Digest}' in the repository with name '{Repository.Name}' in the registry with id '{Repository.Account}' is archived. To pull it, restore it by UpdateImageStorageClass with targetStorageClass STANDARD, or push it again");

/// <summary>The image is being brought back out of the archive. The text is ours.</summary>
public sealed record ImageActivating(RepositoryId Repository, Digest Digest)
    : Fault($"The image with digest '{Digest}' in the repository with name '{Repository.Name}' in the registry with id '{Repository.Account}' is being restored from the archive. It can be pulled when its imageStatus is ACTIVE");

/// <summary>The image cannot go into the class of storage it is to go to; ECR does not say which those are, and the text is ours.</summary>
public sealed record ImageStorageClassUpdateNotSupported(RepositoryId Repository, Digest Digest, string Reason)
    : Fault($"The storage class of the image with digest '{Digest}' in the repository with name '{Repository.Name}' in the registry with id '{Repository.Account}' cannot be updated: {Reason}");

/// <summary>The image is there already under that tag: nothing would change.</summary>
public sealed record ImageAlreadyExists(RepositoryId Repository, Digest Digest, Tag? Tag)
    : Fault($"Image with digest '{Digest}' and tag '{Tag?.ToString() ?? "null"}' already exists in the repository with name '{Repository.Name}' in registry with id '{Repository.Account}'");

/// <summary>The tag names another image and may not move.</summary>
public sealed record TagIsImmutable(RepositoryId Repository, Tag Tag)
    : Fault($"The image tag '{Tag}' already exists in the '{Repository.Name}' repository and cannot be overwritten because the tag is immutable.");

/// <summary>The bytes are not those the digest addresses.</summary>
public sealed record ImageDigestMismatch(RepositoryId Repository, string Digest)
    : Fault($"The image with digest '{Digest}' in repository '{Repository.Name}' and registry ID '{Repository.Account}' does not match the image digest that Amazon ECR has calculated.");

/// <summary>The manifest points at layers or a configuration that were not pushed to this repository.</summary>
public sealed record LayersNotFound(RepositoryId Repository, IReadOnlyList<Digest> Digests)
    : Fault($"Layers with digests '[{string.Join(", ", Digests)}]' required for pushing image into repository with name '{Repository.Name}' in the registry with id '{Repository.Account}' do not exist");

/// <summary>The index lists images that are not in this repository.</summary>
public sealed record ReferencedImagesNotFound(RepositoryId Repository, IReadOnlyList<Digest> Digests)
    : Fault($"Images with digests '[{string.Join(", ", Digests)}]' required for pushing image into repository with name '{Repository.Name}' in the registry with id '{Repository.Account}' do not exist");

/// <summary>An index lists the image, so it cannot go before the index does.</summary>
public sealed record ImageReferencedByIndex(RepositoryId Repository, IReadOnlyList<Digest> Indexes)
    : Fault($"Requested image referenced by manifest list: [{string.Join(", ", Indexes)}]");

/// <summary>Tag and digest were both given, and the tag names another image.</summary>
public sealed record TagDoesNotMatchDigest() : Fault("Requested image tag does not match the image digest");

/// <summary>The manifest cannot be read; tools look for ECR's very words.</summary>
/// <param name="Reason">What ECR's text does not say: which member, what is wrong. For the log.</param>
public sealed record ManifestInvalid(string Reason)
    : Fault("Invalid parameter at 'ImageManifest' failed to satisfy constraint: 'Invalid JSON syntax'");

/// <summary>The manifest is of a type that is not stored, such as Docker's schema 1.</summary>
public sealed record ManifestTypeUnsupported(string MediaType)
    : Fault($"Invalid parameter at 'ImageManifest' failed to satisfy constraint: 'manifests of type {MediaType} are not supported; push Docker schema 2 or OCI'");

/// <summary>The manifest is longer than 4 MiB.</summary>
public sealed record ManifestTooLarge(int Limit)
    : Fault($"Invalid parameter at 'imageManifest' failed to satisfy constraint: 'Member must have length less than or equal to {Limit}'");

/// <summary>The text is no tag.</summary>
public sealed record TagInvalid(string Text)
    : Fault($"Invalid parameter at 'imageTag' failed to satisfy constraint: 'must satisfy regular expression '{Tag.Pattern}''");

/// <summary>The text is no digest.</summary>
public sealed record DigestInvalid(string Text)
    : Fault("Invalid parameter at 'imageDigest' failed to satisfy constraint: 'must satisfy regular expression '[a-zA-Z0-9-_+.]+:[a-fA-F0-9]+''");

/// <summary>The image has as many tags as one may have.</summary>
public sealed record TooManyTags(RepositoryId Repository, Tag Tag, int Limit)
    : Fault($"Adding tag '{Tag}' to an image in the repository with name '{Repository.Name}' in registry with id '{Repository.Account}' exceeds the maximum allowed number of tags per image which is '{Limit}'");

/// <summary>The repository holds as many images as its quota allows.</summary>
public sealed record TooManyImages(RepositoryId Repository, int Limit)
    : Fault($"The repository with name '{Repository.Name}' in registry with id '{Repository.Account}' already has the maximum allowed number of images which is '{Limit}'");
