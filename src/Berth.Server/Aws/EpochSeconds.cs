using System.Text.Json;
using System.Text.Json.Serialization;

namespace Berth.Server.Aws;

/// <summary>A moment as AWS JSON writes it: seconds since 1970 with a fraction, to the millisecond.</summary>
internal sealed class EpochSeconds : JsonConverter<DateTimeOffset>
{
    // The last second of the year 9999; anything beyond is no moment.
    private const decimal Last = 253_402_300_799m;

    /// <inheritdoc/>
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType is JsonTokenType.Number && reader.TryGetDecimal(out var seconds) && seconds is >= 0 and <= Last
            ? DateTimeOffset.FromUnixTimeMilliseconds((long)(seconds * 1000))
            : throw new JsonException();

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(value.ToUnixTimeMilliseconds() / 1000m);
}
