using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Berth.Vocabulary;

namespace Berth.Server.Aws;

/// <summary>AWS JSON 1.1: the operation in the header <c>X-Amz-Target</c>, members in lower camel case.</summary>
/// <param name="targetPrefix">What stands before the operation's name in the header.</param>
internal sealed class Json11(string targetPrefix) : Protocol
{
    /// <summary>The header that names the operation.</summary>
    public const string TargetHeader = "X-Amz-Target";

    private const int DeepestBody = 64;

    private static readonly Lazy<JsonSerializerOptions> Options = new(MakeOptions);

    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What stands before the operation's name in the header, without the dot.</summary>
    public string TargetPrefix => targetPrefix;

    /// <inheritdoc/>
    public override string ContentType => "application/x-amz-json-1.1";

    /// <inheritdoc/>
    public override ErrorStyle ErrorStyle => ErrorStyle.Ecr;

    /// <inheritdoc/>
    public override object Read(Type request, AwsRequest from)
    {
        try
        {
            return JsonSerializer.Deserialize(from.Body.Span, request, Options.Value)
                ?? throw new RequestUnreadable("Expected structure").AsException();
        }
        catch (JsonException)
        {
            throw new RequestUnreadable(JsonMismatch.Describe(from.Body, request, Options.Value)).AsException();
        }
    }

    /// <inheritdoc/>
    public override void Write(IBufferWriter<byte> to, Operation operation, object response, string requestId)
    {
        using var writer = new Utf8JsonWriter(to, WriterOptions);
        JsonSerializer.Serialize(writer, response, operation.ResponseType, Options.Value);
    }

    /// <inheritdoc/>
    public override void WriteError(IBufferWriter<byte> to, AwsError error, string requestId)
    {
        using var writer = new Utf8JsonWriter(to, WriterOptions);
        writer.WriteStartObject();
        writer.WriteString("__type"u8, error.Code);
        writer.WriteString(error.IsFromAccessLayer ? "Message"u8 : "message"u8, error.Message);
        foreach (var (name, value) in error.Members)
        {
            writer.WritePropertyName(name);
            JsonSerializer.Serialize(writer, value, Options.Value);
        }

        writer.WriteEndObject();
    }

    // A member that is missing is for the constraints to report, with all others, in AWS's words.
    private static JsonSerializerOptions MakeOptions() => new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = DeepestBody,
        Converters = { new EpochSeconds(), new Base64Bytes() },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver
        {
            Modifiers =
            {
                type =>
                {
                    foreach (var property in type.Properties)
                    {
                        property.IsRequired = false;
                    }
                },
            },
        },
    };
}
