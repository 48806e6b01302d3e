using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Berth.Vocabulary;

namespace Berth.Server.Aws;

/// <summary>AWS JSON 1.1: the operation in the header <c>X-Amz-Target</c>.</summary>
/// <param name="targetPrefix">What stands before the operation's name in the header.</param>
/// <param name="membersInCamelCase">Whether members begin with a small letter, as in ECR's model, or as the properties do.</param>
internal sealed class Json11(string targetPrefix, bool membersInCamelCase = true) : Protocol
{
    /// <summary>The header that names the operation.</summary>
    public const string TargetHeader = "X-Amz-Target";

    private const int DeepestBody = 64;

    private static readonly Lazy<JsonSerializerOptions> Camel = new(() => MakeOptions(JsonNamingPolicy.CamelCase));
    private static readonly Lazy<JsonSerializerOptions> AsDeclared = new(() => MakeOptions(naming: null));

    private readonly Lazy<JsonSerializerOptions> options = membersInCamelCase ? Camel : AsDeclared;

    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What stands before the operation's name in the header, without the dot.</summary>
    public string TargetPrefix => targetPrefix;

    /// <summary>Another prefix that is understood; null for none.</summary>
    public string? OtherPrefix { get; init; }

    /// <summary>Whether members begin with a small letter.</summary>
    public bool MembersInCamelCase => membersInCamelCase;

    /// <inheritdoc/>
    public override string ContentType => "application/x-amz-json-1.1";

    /// <inheritdoc/>
    public override ErrorStyle ErrorStyle => ErrorStyle.Ecr;

    /// <inheritdoc/>
    public override object Read(Type request, AwsRequest from)
    {
        try
        {
            return JsonSerializer.Deserialize(from.Body.Span, request, options.Value)
                ?? throw new RequestUnreadable("Expected structure").AsException();
        }
        catch (JsonException)
        {
            throw new RequestUnreadable(JsonMismatch.Describe(from.Body, request, options.Value)).AsException();
        }
    }

    /// <inheritdoc/>
    public override void Write(IBufferWriter<byte> to, Operation operation, object response, string requestId)
    {
        using var writer = new Utf8JsonWriter(to, WriterOptions);
        JsonSerializer.Serialize(writer, response, operation.ResponseType, options.Value);
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
            JsonSerializer.Serialize(writer, value, options.Value);
        }

        writer.WriteEndObject();
    }

    // A member that is missing is for the constraints to report, with all others, in AWS's words.
    private static JsonSerializerOptions MakeOptions(JsonNamingPolicy? naming) => new()
    {
        PropertyNamingPolicy = naming,
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
