using System.Globalization;
using Berth.Vocabulary;

namespace Berth.Server.Oci;

/// <summary>Which stretch of a list a request asks for, and the link to the next one.</summary>
/// <param name="Size">The most entries of the page.</param>
/// <param name="After">The entry that the page follows; null for the first page. It need not exist.</param>
internal sealed record Page(int Size, string? After)
{
    /// <summary>The most entries that a page may have, and has when nothing is said.</summary>
    public const int Largest = 1000;

    /// <summary>Reads <c>n</c> and <c>last</c>. A size that is none, or too large, is the fault <see cref="ParameterInvalid"/>.</summary>
    public static Page Of(OciCall call) => new(SizeOf(call.Query("n")), call.Query("last"));

    /// <summary>
    /// The entries that belong on the page, of those found when one more than its size was looked for. Where there are more,
    /// the answer links to them. A page of size zero is empty and leads nowhere.
    /// </summary>
    public IReadOnlyList<string> Take(OciCall call, IReadOnlyList<string> found)
    {
        if (found.Count <= Size || Size == 0)
        {
            return Size == 0 ? [] : found;
        }

        IReadOnlyList<string> page = [.. found.Take(Size)];
        LinkToNext(call, page[^1], ("n", Size.ToString(CultureInfo.InvariantCulture)));
        return page;
    }

    /// <summary>Links the answer to the page after an entry, with the parameters that shape the list.</summary>
    public static void LinkToNext(OciCall call, string last, params ReadOnlySpan<(string Name, string? Value)> parameters)
    {
        var query = QueryString.Create("last", last);
        foreach (var (name, value) in parameters)
        {
            query = value is null ? query : query.Add(name, value);
        }

        var path = call.Request.PathBase + call.Request.Path;
        call.Response.Headers.Link = $"<{call.Request.Scheme}://{call.Request.Host}{path.ToUriComponent()}{query}>; rel=\"next\"";
    }

    // ECR names its own parameter and refuses in its own words.
    private static int SizeOf(string? text) =>
        text is null ? Largest
        : !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size)
            ? throw Invalid("Member must be a number that is not negative")
        : size > Largest ? throw Invalid($"Member must have value less than or equal to {Largest}")
        : size;

    private static FaultException Invalid(string rule) => new ParameterInvalid("maxResults", rule).AsException();
}
