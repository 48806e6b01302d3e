using System.Text.Json;
using System.Text.Unicode;

namespace Berth.Vocabulary;

/// <summary>
/// Reads the JSON of a manifest strictly where meaning depends on it: a name that stands twice, or a document that is
/// both image and index, would be read differently by different clients and is refused.
/// </summary>
internal static class ManifestReader
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 64, AllowDuplicateProperties = false };

    public static Manifest Read(ReadOnlyMemory<byte> content, string? declaredType)
    {
        using var document = Parse(content);
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw Invalid("the document is not an object");
        }

        var type = TypeOf(root, declaredType);
        if (!root.TryGetProperty("schemaVersion", out var version) || version.ValueKind != JsonValueKind.Number
            || !version.TryGetInt32(out var number) || number != 2)
        {
            throw Invalid("schemaVersion is not 2");
        }

        return MediaType.IsIndex(type) ? Index(root, type) : Image(root, type);
    }

    private static JsonDocument Parse(ReadOnlyMemory<byte> content)
    {
        if (!Utf8.IsValid(content.Span))
        {
            throw Invalid("the document is not UTF-8");
        }

        try
        {
            return JsonDocument.Parse(content, Strict);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The latter is for a name whose escapes stand for half a character: it cannot be compared with the others.
            throw Invalid(exception.Message);
        }
    }

    private static string TypeOf(JsonElement root, string? declared)
    {
        var own = Text(root, "mediaType");
        if (own is not null && declared is not null && !string.Equals(own, declared, StringComparison.Ordinal))
        {
            throw Invalid($"the document says it is '{own}', the request '{declared}'");
        }

        return (own ?? declared) switch
        {
            null => throw Invalid("neither the document nor the request says what it is"),
            MediaType.OciManifest or MediaType.OciIndex or MediaType.DockerManifest or MediaType.DockerManifestList =>
                own ?? declared!,
            var other => throw new ManifestTypeUnsupported(other).AsException(),
        };
    }

    private static Manifest Image(JsonElement root, string type)
    {
        if (root.TryGetProperty("manifests", out _))
        {
            throw Invalid("an image manifest lists no manifests");
        }

        if (!root.TryGetProperty("config", out var config))
        {
            throw Invalid("config is missing");
        }

        return Common(root, type) with { Config = Pointer(config, "config"), Layers = Pointers(root, "layers") };
    }

    private static Manifest Index(JsonElement root, string type)
    {
        if (root.TryGetProperty("config", out _) || root.TryGetProperty("layers", out _))
        {
            throw Invalid("an index has neither config nor layers");
        }

        return root.TryGetProperty("manifests", out _)
            ? Common(root, type) with { Manifests = Pointers(root, "manifests") }
            : throw Invalid("manifests is missing");
    }

    private static Manifest Common(JsonElement root, string type) => new()
    {
        MediaType = type,
        ArtifactType = Text(root, "artifactType") is { Length: > 0 } artifact ? artifact : null,
        Subject = root.TryGetProperty("subject", out var subject) && subject.ValueKind != JsonValueKind.Null
            ? Pointer(subject, "subject").Digest
            : null,
        Annotations = AnnotationsOf(root),
    };

    private static string? AnnotationsOf(JsonElement root)
    {
        if (!root.TryGetProperty("annotations", out var annotations) || annotations.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        var wellFormed = annotations.ValueKind == JsonValueKind.Object
            && annotations.EnumerateObject().All(pair => pair.Value.ValueKind == JsonValueKind.String);
        return wellFormed ? annotations.GetRawText() : throw Invalid("annotations are not an object of texts");
    }

    private static List<Descriptor> Pointers(JsonElement root, string name)
    {
        if (!root.TryGetProperty(name, out var list) || list.ValueKind == JsonValueKind.Null)
        {
            return [];
        }

        return list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Select(item => Pointer(item, name))]
            : throw Invalid($"{name} is not a list");
    }

    private static Descriptor Pointer(JsonElement element, string name)
    {
        if (element.ValueKind != JsonValueKind.Object
            || !Digest.TryParse(Text(element, "digest"), out var digest)
            || Text(element, "mediaType") is not { Length: > 0 } type
            || !element.TryGetProperty("size", out var sizeElement)
            || sizeElement.ValueKind != JsonValueKind.Number
            || !sizeElement.TryGetInt64(out var size)
            || size < 0)
        {
            throw Invalid($"{name} holds something that is no descriptor: mediaType, digest and size are needed");
        }

        return new(type, digest, size);
    }

    private static string? Text(JsonElement element, string name)
    {
        if (!element.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString() : throw Invalid($"{name} is not a text");
        }
        catch (InvalidOperationException)
        {
            // An escape may stand for half a character, which no text can hold.
            throw Invalid($"{name} is not a text");
        }
    }

    private static FaultException Invalid(string reason) => new ManifestInvalid(reason).AsException();
}
