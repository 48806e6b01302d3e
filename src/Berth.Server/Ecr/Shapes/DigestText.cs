using System.Text.RegularExpressions;

namespace Berth.Server.Ecr.Shapes;

/// <summary>
/// What ECR takes for a digest: an algorithm of any name. Content is only ever stored under SHA-256 or SHA-512, so a digest
/// of another algorithm is well formed and names nothing.
/// </summary>
internal static partial class DigestText
{
    /// <summary>The pattern as ECR prints it.</summary>
    public const string Pattern = "[a-zA-Z0-9-_+.]+:[a-fA-F0-9]+";

    private const int Longest = 1000;

    /// <summary>Whether a text has the form of a digest.</summary>
    public static bool IsWellFormed(string text) => text.Length <= Longest && Whole().IsMatch(text);

    // The first part cannot hold a colon: there is one way to match.
    [GeneratedRegex(@"\A" + Pattern + @"\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Whole();
}
