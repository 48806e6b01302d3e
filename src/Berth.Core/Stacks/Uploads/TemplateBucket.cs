using System.Text.RegularExpressions;
using Berth.Vocabulary;

namespace Berth.Stacks.Uploads;

/// <summary>A bucket of the upload area.</summary>
/// <param name="Name">Its name, unique in the deployment.</param>
/// <param name="Home">The account that owns it, and the Region it was made in.</param>
/// <param name="CreatedAt">When.</param>
public sealed partial record TemplateBucket(string Name, RegistryId Home, DateTimeOffset CreatedAt)
{
    /// <summary>Whether a bucket can have that name (Amazon S3 User Guide, "Bucket naming rules").</summary>
    public static bool CanBeNamed(string name) =>
        Form().IsMatch(name) && !name.Contains("..", StringComparison.Ordinal) && !Address().IsMatch(name);

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Form();

    [GeneratedRegex(@"\A\d+\.\d+\.\d+\.\d+\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Address();
}

/// <summary>What was uploaded, without its bytes.</summary>
/// <param name="Key">Its name in the bucket.</param>
/// <param name="Size">Its length in bytes.</param>
/// <param name="ETag">The MD5 of its bytes in lower-case hex, as S3 has it.</param>
/// <param name="MediaType">What whoever uploaded it said it is.</param>
/// <param name="ChangedAt">When it was uploaded.</param>
public sealed record TemplateObject(string Key, long Size, string ETag, string MediaType, DateTimeOffset ChangedAt);
