using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Berth.Server.Aws;

/// <summary>
/// Bytes as AWS JSON writes them, in base 64. A layer part is decoded straight into the array it is kept in: by way of the
/// serializer's own pooled memory, every thread that ever read one would keep as much again.
/// </summary>
internal sealed class Base64Bytes : JsonConverter<byte[]>
{
    /// <inheritdoc/>
    public override byte[] Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType is not JsonTokenType.String)
        {
            throw new JsonException();
        }

        if (reader.HasValueSequence || reader.ValueIsEscaped)
        {
            // Nobody escapes base 64; who does is read the ordinary way.
            return reader.TryGetBytesFromBase64(out var unusual) ? unusual : throw new JsonException();
        }

        var text = reader.ValueSpan;
        var bytes = GC.AllocateUninitializedArray<byte>(LengthOf(text));
        return Base64.DecodeFromUtf8(text, bytes, out var read, out var written) is OperationStatus.Done
            && read == text.Length && written == bytes.Length
                ? bytes
                : throw new JsonException();
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, byte[] value, JsonSerializerOptions options) => writer.WriteBase64StringValue(value);

    private static int LengthOf(ReadOnlySpan<byte> text)
    {
        var padding = text.EndsWith("=="u8) ? 2 : text.EndsWith("="u8) ? 1 : 0;
        return text.Length % 4 == 0 ? (text.Length / 4 * 3) - padding : throw new JsonException();
    }
}
