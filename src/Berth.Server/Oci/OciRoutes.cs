using Berth.Vocabulary;

namespace Berth.Server.Oci;

/// <summary>
/// Finds the route of a request. A repository's name has slashes and may hold any of the words that follow it, so paths
/// are read from their tail; and as sent, because a slash that was percent-encoded is no separator.
/// </summary>
internal sealed class OciRoutes(IEnumerable<OciRoute> routes)
{
    private const string Root = "/v2";

    private readonly OciRoute[] longestFirst = [.. routes.OrderByDescending(route => route.Length)];

    /// <summary>
    /// The route of a method and path. Faults: <see cref="NotOffered"/> for a path of no route,
    /// <see cref="OperationUnknown"/> for a method that its path does not have. What can be got can be asked about: a HEAD
    /// without a route of its own takes GET's.
    /// </summary>
    public OciMatch Match(string method, string path)
    {
        if (SegmentsOf(path) is not { } segments)
        {
            throw Unknown();
        }

        var matches = longestFirst.Select(route => route.Match(segments)).OfType<OciMatch>().ToList();
        return Of(method, matches)
            ?? (HttpMethods.IsHead(method) ? Of(HttpMethods.Get, matches) : null)
            ?? throw (matches.Count > 0 ? new OperationUnknown(method).AsException() : Unknown());
    }

    private static OciMatch? Of(string method, List<OciMatch> matches) =>
        matches.Find(match => string.Equals(match.Route.Method, method, StringComparison.Ordinal));

    // Without the root, and without the slash that may end a path.
    private static string[]? SegmentsOf(string path)
    {
        if (!path.StartsWith(Root, StringComparison.Ordinal) || (path.Length > Root.Length && path[Root.Length] != '/'))
        {
            return null;
        }

        var segments = path.Split('/')[2..];
        return segments is [.., ""] ? segments[..^1] : segments;
    }

    private static FaultException Unknown() => new NotOffered("404 page not found").AsException();
}
