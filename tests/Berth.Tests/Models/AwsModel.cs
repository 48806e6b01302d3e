using System.Text.Json;

namespace Berth.Tests.Models;

/// <summary>The published model of an AWS service, reduced to its shapes.</summary>
internal sealed record AwsModel(
    string Version, IReadOnlyDictionary<string, ModelOperation> Operations, IReadOnlyDictionary<string, ModelShape> Shapes)
{
    private static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <summary>The codes of the service's own exceptions.</summary>
    public IEnumerable<string> ErrorCodes => Shapes.Where(shape => shape.Value.Exception).Select(shape => shape.Value.Error?.Code ?? shape.Key);

    public static AwsModel Read(string service)
    {
        using var json = typeof(AwsModel).Assembly.GetManifestResourceStream($"Berth.Tests.Models.{service}.json")!;
        return JsonSerializer.Deserialize<AwsModel>(json, Options)!;
    }
}

internal sealed record ModelOperation(string? Input, string? Output, IReadOnlyList<string>? Errors);

internal sealed record ModelError(string Code);

/// <summary>One shape; which members it has depends on its type.</summary>
internal sealed record ModelShape(string Type)
{
    public IReadOnlyDictionary<string, string> Members { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The names of members on the wire of EC2, where they have others.</summary>
    public IReadOnlyDictionary<string, string> Locations { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public IReadOnlyList<string> Required { get; init; } = [];

    public string? Member { get; init; }

    public string? Value { get; init; }

    public long? Min { get; init; }

    public long? Max { get; init; }

    public string? Pattern { get; init; }

    public IReadOnlyList<string> Enum { get; init; } = [];

    public bool Exception { get; init; }

    public ModelError? Error { get; init; }
}
