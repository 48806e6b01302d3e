using System.Text.Json.Serialization;
using Berth.Vocabulary;

namespace Berth.Network;

/// <summary>A tag. Unlike with IAM, the case of keys counts.</summary>
public readonly record struct NetworkTag(string Key, string Value);

/// <summary>What a type of object is.</summary>
public interface INetworkKind
{
    /// <summary>The kind of all objects of the type.</summary>
    static abstract NetworkKind Type { get; }
}

/// <summary>Something that networks are made of. What is declared here has columns; what a derived record adds is its body.</summary>
public abstract record NetworkObject
{
    /// <summary>Never used twice.</summary>
    [JsonIgnore]
    public string Id { get; init; } = "";

    /// <summary>The account and the Region it belongs to.</summary>
    [JsonIgnore]
    public RegistryId Home { get; init; }

    /// <summary>The VPC it is in; null for what is in none, or no more.</summary>
    [JsonIgnore]
    public string? VpcId { get; init; }

    /// <summary>What it is part of: with that it is deleted.</summary>
    [JsonIgnore]
    public string? ParentId { get; init; }

    /// <summary>By which a request that is repeated finds what the first one made.</summary>
    [JsonIgnore]
    public string? ClientToken { get; init; }

    /// <summary>When it was made.</summary>
    [JsonIgnore]
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Of what is over: until when it is still shown. It refers to nothing then.</summary>
    [JsonIgnore]
    public DateTimeOffset? GoneAt { get; init; }

    /// <summary>Its tags by their keys.</summary>
    [JsonIgnore]
    public IReadOnlyList<NetworkTag> Tags { get; init; } = [];

    /// <summary>A print of the request that came with <see cref="ClientToken"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? RequestPrint { get; init; }

    /// <summary>What it is.</summary>
    [JsonIgnore]
    public abstract NetworkKind Kind { get; }

    /// <summary>What policies call it.</summary>
    [JsonIgnore]
    public string Arn => Kind.ArnOf(Home, Id);

    /// <summary>The ids of what cannot be deleted while this is there, besides its VPC; null where there is none.</summary>
    internal virtual IEnumerable<string?> References => [];
}
