using System.Text.Json.Serialization;
using Berth.Network;
using Berth.Policy;
using Berth.Vocabulary;

namespace Berth.Server.Ec2.Shapes;

/// <summary>A filter of a listing (EC2's shape <c>Filter</c>).</summary>
internal sealed record Filter
{
    public string? Name { get; init; }

    [JsonPropertyName("Value")]
    public IReadOnlyList<string>? Values { get; init; }
}

/// <summary>
/// The filters that a listing has. One lets pass what has one of its values; of several each must. <c>*</c> and <c>?</c> stand for any
/// characters and any one; case counts.
/// </summary>
/// <param name="objectOf">Of which thing the tags are meant; null where there are none.</param>
/// <param name="known">What has which values under which name.</param>
internal sealed class Filters<T>(Func<T, NetworkObject>? objectOf, params (string Name, Func<T, IEnumerable<string?>> Values)[] known)
{
    private const int MostValues = 200;
    private const string TagPrefix = "tag:";

    /// <summary>The names, for the reference.</summary>
    public IEnumerable<string> Names => known.Select(one => one.Name).Concat(objectOf is null ? [] : ["tag:", "tag-key"]);

    /// <summary>A condition that filters are; those that are not known are the fault <see cref="NetworkRefused"/>.</summary>
    public Func<T, bool> Read(IReadOnlyList<Filter>? filters)
    {
        Func<T, bool>[] all = [.. (filters ?? []).Select(Read)];
        return one => Array.TrueForAll(all, matches => matches(one));
    }

    /// <summary>A value that is there or not.</summary>
    public static IEnumerable<string?> One(string? value) => [value];

    /// <summary>A condition that can be filtered for.</summary>
    public static IEnumerable<string?> One(bool value) => [value ? "true" : "false"];

    private Func<T, bool> Read(Filter filter)
    {
        var name = filter.Name ?? throw NetworkRefused.Missing("filter.name").AsException();
        var values = filter.Values ?? [];
        if (values.Count > MostValues)
        {
            throw NetworkRefused.Limit(NetworkRule.FilterLimit, "The maximum number of filter values specified on a single call is 200").AsException();
        }

        var find = Find(name);
        return one => find(one).Any(has => has is not null && values.Any(value => Glob.IsMatch(value, has)));
    }

    private Func<T, IEnumerable<string?>> Find(string name)
    {
        if (objectOf is not null && name.StartsWith(TagPrefix, StringComparison.Ordinal))
        {
            var key = name[TagPrefix.Length..];
            return one => objectOf(one).Tags.Where(tag => string.Equals(tag.Key, key, StringComparison.Ordinal)).Select(tag => (string?)tag.Value);
        }

        if (objectOf is not null && name is "tag-key")
        {
            return one => objectOf(one).Tags.Select(tag => (string?)tag.Key);
        }

        return known.FirstOrDefault(one => string.Equals(one.Name, name, StringComparison.Ordinal)).Values
            ?? throw NetworkRefused.Invalid($"The filter '{name}' is invalid").AsException();
    }
}
