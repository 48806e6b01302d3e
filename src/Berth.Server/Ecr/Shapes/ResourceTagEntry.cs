using System.Text.Json.Serialization;
using Berth.Registry;

namespace Berth.Server.Ecr.Shapes;

/// <summary>A resource tag (ECR's shape <c>Tag</c>, whose members alone begin with a capital).</summary>
internal sealed record ResourceTagEntry
{
    [JsonPropertyName("Key")]
    public required string Key { get; init; }

    [JsonPropertyName("Value")]
    public required string Value { get; init; }

    /// <summary>The tag as it is answered.</summary>
    public static ResourceTagEntry Of(ResourceTag tag) => new() { Key = tag.Key, Value = tag.Value };

    /// <summary>The tag as it was given.</summary>
    public ResourceTag ToTag() => new(Key, Value);
}
