using System.Globalization;

namespace Berth.Server.Iam.Shapes;

/// <summary>The id of a policy's version: <c>v</c> and its number.</summary>
internal static class VersionId
{
    /// <summary>As the model has it, with a suffix that no version here bears.</summary>
    public const string Pattern = @"v[1-9][0-9]*(\.[A-Za-z0-9-]*)?";

    // No version has it, so an id beyond all numbers is one that is not found.
    private const int Nothing = 0;

    /// <summary>The id of a number.</summary>
    public static string Of(int number) => string.Create(CultureInfo.InvariantCulture, $"v{number}");

    /// <summary>The number of an id that was checked against the pattern.</summary>
    public static int ToNumber(string id) =>
        int.TryParse(id.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : Nothing;
}
