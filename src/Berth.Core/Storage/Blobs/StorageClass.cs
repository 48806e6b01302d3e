namespace Berth.Storage.Blobs;

/// <summary>What kind of place a blob lies in.</summary>
public enum StorageClass
{
    /// <summary>At hand.</summary>
    Standard,

    /// <summary>A cheaper place, for blobs that only archived images have.</summary>
    Archive,
}

/// <summary>The names that rows and the API have for them.</summary>
public static class StorageClassNames
{
    /// <summary>Such as <c>ARCHIVE</c>.</summary>
    public static string Wire(this StorageClass storageClass) => storageClass is StorageClass.Archive ? "ARCHIVE" : "STANDARD";

    /// <summary>The class of a name that <see cref="Wire"/> wrote.</summary>
    public static StorageClass FromWire(string name) => name switch
    {
        "STANDARD" => StorageClass.Standard,
        "ARCHIVE" => StorageClass.Archive,
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "no class of storage"),
    };
}
