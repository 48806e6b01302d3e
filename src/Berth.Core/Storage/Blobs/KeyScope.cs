namespace Berth.Storage.Blobs;

/// <summary>
/// Under whose key bytes lie. Repositories encrypted with the service's own key share one scope per Region, so equal
/// layers are stored once among them; a customer key is a scope of its own.
/// </summary>
/// <param name="Name">Stands in rows and paths: lower-case letters, digits and dashes.</param>
public readonly record struct KeyScope(string Name)
{
    /// <summary>The scope of the service's own key in a Region.</summary>
    public static KeyScope Service(Vocabulary.RegionName region) => new($"service-{region}");

    /// <inheritdoc/>
    public override string ToString() => Name;
}
