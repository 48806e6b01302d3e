using Berth.Vocabulary;

namespace Berth.Storage.Blobs;

/// <summary>
/// Which file holds what below the data folder: <c>blobs/&lt;scope&gt;/sha256/ab/&lt;hex&gt;-&lt;object id&gt;</c> and
/// <c>staging/&lt;object id&gt;</c>. Names are read back as strictly as they are written; any other file is someone else's.
/// </summary>
internal sealed class FileLayout(string root)
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

    /// <summary>The id of the object staged in a file, or null when the file is none of ours.</summary>
    public Guid? FindStaged(string path) =>
        Guid.TryParseExact(Path.GetFileName(path), "D", out var id) && string.Equals(path, Of(id), StringComparison.Ordinal) ? id : null;

    /// <summary>The key of the blob in a file, or null when the file is none of ours.</summary>
    public BlobKey? FindBlob(string path)
    {
        var parts = Path.GetRelativePath(Blobs, path).Split(Path.DirectorySeparatorChar);
        if (parts is not [var scopeName, var algorithm, _, { Length: > IdLength } file]
            || !KeyScope.TryParse(scopeName, out var scope)
            || !Digest.TryParse($"{algorithm}:{file[..^(IdLength + 1)]}", out var digest)
            || !Guid.TryParseExact(file[^IdLength..], "D", out var id))
        {
            return null;
        }

        var key = new BlobKey(scope, digest, id);
        return string.Equals(path, Of(key), StringComparison.Ordinal) ? key : null;
    }
}
