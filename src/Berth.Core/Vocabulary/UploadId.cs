using System.Diagnostics.CodeAnalysis;

namespace Berth.Vocabulary;

/// <summary>Names an upload session: a lower-case UUID, as ECR's <c>uploadId</c>.</summary>
public readonly record struct UploadId(Guid Value)
{
    /// <summary>Reads an upload's id, or says that the text is none.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out UploadId id)
    {
        var isId = Guid.TryParseExact(text, "D", out var value);
        id = new(value);
        return isId;
    }

    /// <summary>Reads an id whose form was checked before; anything else is a bug.</summary>
    public static UploadId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException($"'{text}' is not the id of an upload");

    /// <inheritdoc/>
    public override string ToString() => Value.ToString("D");
}
