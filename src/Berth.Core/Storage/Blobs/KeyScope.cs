using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Berth.Storage.Blobs;

/// <summary>
/// Under whose key bytes lie. Repositories encrypted with the service's own key share one scope per Region, so equal
/// layers are stored once among them; a customer key is a scope of its own.
/// </summary>
/// <param name="Name">Stands in rows and paths: 1 to 100 lower-case letters, digits and dashes.</param>
public readonly record struct KeyScope(string Name)
{
    private const int LongestName = 100;

    private static readonly SearchValues<char> Characters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    /// <summary>Stands in rows and paths.</summary>
    public string Name { get; } = IsName(Name) ? Name : throw new FormatException($"'{Name}' is not the name of a key scope");

    /// <summary>The scope of the service's own key in a Region.</summary>
    public static KeyScope Service(Vocabulary.RegionName region) => new($"service-{region}");

    /// <summary>Reads a scope's name, or says that the text is none.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out KeyScope scope)
    {
        scope = IsName(text) ? new(text) : default;
        return scope != default;
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static bool IsName([NotNullWhen(true)] string? text) =>
        text is { Length: > 0 and <= LongestName } && !text.AsSpan().ContainsAnyExcept(Characters);
}
