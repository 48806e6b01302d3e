using Berth.Vocabulary;

namespace Berth.Storage.Blobs;

/// <summary>
/// Which file holds what below the folder of a class of storage: <c>blobs/&lt;scope&gt;/sha256/ab/&lt;hex&gt;-&lt;object id&gt;</c>
/// and <c>staging/&lt;object id&gt;</c>. Names are read back as strictly as they are written; any other file is someone else's.
/// </summary>
internal sealed class FileLayout(string root, StorageClass storageClass)
{
    private const int IdLength = 36;

    /// <summary>The folder of staged objects.</summary>
    public string Staging { get; } = Path.Combine(root, "staging");

    /// <summary>The folder of blobs.</summary>
    public string Blobs { get; } = Path.Combine(root, "blobs");

    /// <summary>Where an object is staged.</summary>
    public string Of(Guid id) => Path.Combine(Staging, id.ToString("D"));

    /// <summary>Where a blob lies.</summary>
    public string Of(BlobKey key) => Path.Combine(
        Blobs, key.Scope.Name, key.Digest.Algorithm, key.Digest.Hex[..2], $"{key.Digest.Hex}-{key.Id:D}");

    /// <summary>The object in a file, or null when the file is none of ours.</summary>
    public StoredObject? Describe(FileInfo file) =>
        FindStaged(file.FullName) is { } id ? new StoredObject(id, null, file.Length)
        : FindBlob(file.FullName) is { } key ? new StoredObject(key.Id, key, file.Length)
        : null;

    private Guid? FindStaged(string path) =>
        Guid.TryParseExact(Path.GetFileName(path), "D", out var id) && string.Equals(path, Of(id), StringComparison.Ordinal) ? id : null;

    private BlobKey? FindBlob(string path)
    {
        var parts = Path.GetRelativePath(Blobs, path).Split(Path.DirectorySeparatorChar);
        if (parts is not [var scopeName, var algorithm, _, { Length: > IdLength } file]
            || !KeyScope.TryParse(scopeName, out var scope)
            || !Digest.TryParse($"{algorithm}:{file[..^(IdLength + 1)]}", out var digest)
            || !Guid.TryParseExact(file[^IdLength..], "D", out var id))
        {
            return null;
        }

        var key = new BlobKey(scope, digest, id, storageClass);
        return string.Equals(path, Of(key), StringComparison.Ordinal) ? key : null;
    }
}
