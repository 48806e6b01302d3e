using Berth.Server.Gate;

namespace Berth.Server.Oci;

/// <summary>One row of the wire's table (OCI distribution specification, "Endpoints").</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Tail">
/// What the path ends in, after <c>/v2/</c> and, if it has a slash in it, after a repository's name. One segment may be a
/// placeholder in braces.
/// </param>
/// <param name="As">The ECR operation it is authorized and recorded as; null when a valid token is enough.</param>
/// <param name="Level">What it does.</param>
internal sealed record OciRoute(string Method, string Tail, string? As, AccessLevel Level)
{
    private readonly string[] segments = Tail.Split('/', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Whether the path names a repository before the tail.</summary>
    public bool NamesRepository => segments.Length > 1;

    /// <summary>How many segments the tail has.</summary>
    public int Length => segments.Length;

    /// <summary>What the route finds in a path of these segments, or null when the path does not end as it does.</summary>
    public OciMatch? Match(string[] path)
    {
        var nameLength = path.Length - segments.Length;
        if (nameLength < 0 || (!NamesRepository && nameLength > 0))
        {
            return null;
        }

        string? variable = null;
        for (var i = 0; i < segments.Length; i++)
        {
            var given = path[nameLength + i];
            if (segments[i][0] == '{')
            {
                variable = given;
            }
            else if (!string.Equals(segments[i], given, StringComparison.Ordinal))
            {
                return null;
            }
        }

        return new(this, NamesRepository ? string.Join('/', path, 0, nameLength) : null, variable);
    }
}

/// <summary>A route with what a path gave for its parts; nothing of it is checked yet.</summary>
/// <param name="Route">The route.</param>
/// <param name="Name">The repository's name as sent, percent signs and all; null where the route has none.</param>
/// <param name="Variable">What stands for the placeholder, as sent.</param>
internal sealed record OciMatch(OciRoute Route, string? Name, string? Variable);
