using System.Collections.Frozen;

namespace Berth.Policy;

/// <summary>What is known of a request besides who asks for what: IAM's condition keys, whose case does not count.</summary>
public sealed class RequestContext
{
    private readonly Func<string, ContextValue?> find;

    /// <summary>Takes the keys as they are; of keys that differ by case only, the last counts.</summary>
    /// <param name="values">The condition keys with their values.</param>
    public RequestContext(IEnumerable<KeyValuePair<string, ContextValue>> values)
        : this(values.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase).GetValueOrDefault)
    {
    }

    /// <summary>Works keys out as policies ask for them: what none asks for costs nothing.</summary>
    /// <param name="find">The values of a key, whose case does not count; null when the request does not have it.</param>
    public RequestContext(Func<string, ContextValue?> find) => this.find = find;

    /// <summary>A context without any key.</summary>
    public static RequestContext Empty { get; } = new(_ => null);

    /// <summary>The values of a key; null when the request does not have it. A key without values counts as absent.</summary>
    public ContextValue? Find(string key) => find(key) is { Values.Count: > 0 } value ? value : null;

    /// <summary>The value of a key that can have but one; null when the request does not have it.</summary>
    public string? FindSingle(string key) => Find(key) is { IsMultivalued: false } value ? value.Values[0] : null;
}

/// <summary>The values of one condition key.</summary>
/// <param name="Values">The values, in the order of the request.</param>
/// <param name="IsMultivalued">Whether the key is of the kind that may have several, and so takes a set operator.</param>
public sealed record ContextValue(IReadOnlyList<string> Values, bool IsMultivalued)
{
    /// <summary>The value of a key of the kind that has one.</summary>
    public static ContextValue One(string value) => new([value], IsMultivalued: false);

    /// <summary>The values of a key of the kind that may have several.</summary>
    public static ContextValue Several(params IReadOnlyList<string> values) => new(values, IsMultivalued: true);
}
