using Microsoft.AspNetCore.Http.Features;

namespace Berth.Server.Gate;

/// <summary>What a signature covers of a request, as it came over the wire: nothing decoded, nothing normalised.</summary>
/// <param name="Method">Such as <c>POST</c>.</param>
/// <param name="Path">Percent-encoded as sent.</param>
/// <param name="Query">As sent, without the question mark; empty for none.</param>
/// <param name="Headers">All headers, their names in any case.</param>
internal sealed record WireRequest(string Method, string Path, string Query, IHeaderDictionary Headers)
{
    /// <summary>Takes a request from the server, which has decoded its path; the target as sent is kept beside.</summary>
    public static WireRequest Of(HttpContext http)
    {
        var target = http.Features.Get<IHttpRequestFeature>()!.RawTarget;
        var mark = target.IndexOf('?', StringComparison.Ordinal);
        return mark < 0
            ? new(http.Request.Method, target, "", http.Request.Headers)
            : new(http.Request.Method, target[..mark], target[(mark + 1)..], http.Request.Headers);
    }

    /// <summary>The parameters of the query, decoded, in the order sent.</summary>
    public IEnumerable<KeyValuePair<string, string>> Parameters() =>
        from pair in Query.Split('&', StringSplitOptions.RemoveEmptyEntries)
        let sign = pair.IndexOf('=', StringComparison.Ordinal)
        select sign < 0
            ? KeyValuePair.Create(Decode(pair), "")
            : KeyValuePair.Create(Decode(pair[..sign]), Decode(pair[(sign + 1)..]));

    /// <summary>The value of a header, several joined by commas; null when it is absent.</summary>
    public string? Header(string name) => Headers.TryGetValue(name, out var values) ? values.ToString() : null;

    // In a query, unlike in a path, a plus sign is a space.
    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
