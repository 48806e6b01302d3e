namespace Berth.Registry;

/// <summary>Decides in which form a manifest is given to a caller who accepts only some (ECR user guide, "Container image manifest format support").</summary>
public static class ManifestNegotiation
{
    /// <summary>
    /// The manifest as it is stored if the caller takes that type; otherwise, and by tag only, its conversion to a type
    /// the caller takes; null when there is none. By digest the bytes are what was asked for, so they are never others.
    /// </summary>
    /// <param name="stored">The manifest.</param>
    /// <param name="acceptedTypes">The media types the caller takes; null when it did not say, which takes all.</param>
    /// <param name="byTag">Whether the caller named a tag.</param>
    public static StoredManifest? Choose(StoredManifest stored, IReadOnlyCollection<string>? acceptedTypes, bool byTag)
    {
        if (acceptedTypes is null || acceptedTypes.Contains(stored.MediaType, StringComparer.Ordinal))
        {
            return stored;
        }

        return byTag
            && ManifestConversion.CounterpartOf(stored.MediaType) is { } type
            && acceptedTypes.Contains(type, StringComparer.Ordinal)
                ? ManifestConversion.Convert(stored)
                : null;
    }
}
