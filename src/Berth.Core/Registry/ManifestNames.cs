using System.Text.Json;

namespace Berth.Registry;

/// <summary>Where a media type stands in a manifest: its text, and the bytes between its quotes.</summary>
internal readonly record struct MediaTypeName(string Text, int Start, int End);

/// <summary>The media types that an image manifest names, in the order they stand in it.</summary>
/// <param name="Found">The manifest's own, its configuration's and its layers'.</param>
/// <param name="StatesType">Whether its own is among them.</param>
/// <param name="IsPlain">Whether it is without subject and artifact type, for which only OCI has words, and without a type of null.</param>
internal sealed record ManifestNames(List<MediaTypeName> Found, bool StatesType, bool IsPlain)
{
    private const int InManifest = 1;
    private const int InConfig = 2;
    private const int InLayer = 3;

    /// <summary>Reads a document that was accepted as an image manifest.</summary>
    public static ManifestNames Read(ReadOnlySpan<byte> content)
    {
        var found = new List<MediaTypeName>();
        var (statesType, isPlain) = (false, true);
        var reader = new Utf8JsonReader(content);
        var depth = InManifest;
        while (reader.Read())
        {
            if (reader.TokenType is not JsonTokenType.PropertyName)
            {
                continue;
            }

            var isOwn = reader.CurrentDepth == InManifest;
            if (isOwn)
            {
                depth = DepthOfDescriptorsUnder(ref reader);
                isPlain &= !IsArtifactMember(ref reader) || IsNull(reader);
            }

            if (reader.CurrentDepth != depth || !reader.ValueTextEquals("mediaType"u8))
            {
                continue;
            }

            isPlain &= !IsNull(reader);
            if (reader.Read() && reader.TokenType is JsonTokenType.String)
            {
                var start = (int)reader.TokenStartIndex + 1;
                found.Add(new(reader.GetString()!, start, start + reader.ValueSpan.Length));
                statesType |= isOwn;
            }
        }

        return new(found, statesType, isPlain);
    }

    private static int DepthOfDescriptorsUnder(ref Utf8JsonReader member) =>
        member.ValueTextEquals("config"u8) ? InConfig
        : member.ValueTextEquals("layers"u8) ? InLayer
        : InManifest;

    private static bool IsArtifactMember(ref Utf8JsonReader member) =>
        member.ValueTextEquals("subject"u8) || member.ValueTextEquals("artifactType"u8);

    // The reader is a copy: looking ahead does not move the caller's.
    private static bool IsNull(Utf8JsonReader member) => member.Read() && member.TokenType is JsonTokenType.Null;
}
