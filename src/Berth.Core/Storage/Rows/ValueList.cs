using System.Globalization;
using System.Numerics;
using Dapper;

namespace Berth.Storage.Rows;

/// <summary>
/// The values of an <c>IN</c> list: written into the statement as <c>(@name0, @name1, ...)</c> and passed with its other
/// parameters. An empty list matches nothing.
/// </summary>
/// <example><code>
/// var wanted = new ValueList("digest", digests);
/// rows.QueryAsync&lt;Row&gt;($"SELECT ... WHERE repository = @repository AND digest IN {wanted}", wanted.With(new { repository }));
/// </code></example>
public sealed class ValueList
{
    private readonly string text;
    private readonly DynamicParameters parameters = new();

    /// <summary>Names the parameters and takes the values, at most 32,000 (SQLite's bound on parameters).</summary>
    public ValueList(string name, IReadOnlyCollection<string> values)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(values.Count, 32_000, nameof(values));
        var names = new List<string>();
        foreach (var value in Padded(values))
        {
            var parameter = string.Create(CultureInfo.InvariantCulture, $"@{name}{names.Count}");
            names.Add(parameter);
            parameters.Add(parameter, value);
        }

        text = names is [] ? "(NULL)" : $"({string.Join(", ", names)})";
    }

    /// <summary>The parameters of the whole statement: an object whose properties are the others, and this list.</summary>
    public object With(object others)
    {
        var all = new DynamicParameters(others);
        all.AddDynamicParams(parameters);
        return all;
    }

    /// <inheritdoc/>
    public override string ToString() => text;

    // Repeating the last value up to a power of two keeps the number of different statements small: every one that is
    // prepared or mapped is remembered by its text.
    private static IEnumerable<string> Padded(IReadOnlyCollection<string> values) =>
        values.Count == 0
            ? []
            : values.Concat(Enumerable.Repeat(
                values.Last(),
                Math.Min(32_000, (int)BitOperations.RoundUpToPowerOf2((uint)values.Count)) - values.Count));
}
