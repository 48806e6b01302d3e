using Berth.Vocabulary;

namespace Berth.Server.Ecr.Shapes;

/// <summary>How ECR's lists come in pages.</summary>
internal static class Paging
{
    /// <summary>The rows of a page whose size the request leaves open.</summary>
    public const int DefaultSize = 100;

    /// <summary>A request that names what it wants gets all of it: pages beside it are the fault <see cref="ParameterInvalid"/>.</summary>
    public static void RefuseBeside(string names, string? nextToken, int? maxResults)
    {
        if (nextToken is not null || maxResults is not null)
        {
            throw new ParameterInvalid(
                nextToken is null ? "maxResults" : "nextToken", $"must be null when {names} is set").AsException();
        }
    }
}
