using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Berth.Vocabulary;

/// <summary>The name of a repository: 2 to 256 characters of ECR's pattern, which is the OCI name grammar.</summary>
public readonly partial record struct RepositoryName
{
    /// <summary>The pattern as ECR prints it in its own error (captured in 2026).</summary>
    public const string Pattern = @"[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*";

    /// <summary>The shortest name.</summary>
    public const int MinLength = 2;

    /// <summary>The longest name.</summary>
    public const int MaxLength = 256;

    private readonly string? text;

    private RepositoryName(string text) => this.text = text;

    /// <summary>Reads a name, or says that the text is none.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out RepositoryName name)
    {
        var isName = text is { Length: >= MinLength and <= MaxLength } && Whole().IsMatch(text);
        name = isName ? new(text!) : default;
        return isName;
    }

    /// <summary>Reads a name; text that is none is the fault <see cref="RepositoryNameInvalid"/>.</summary>
    public static RepositoryName Parse(string text) =>
        TryParse(text, out var name) ? name : throw new RepositoryNameInvalid(text).AsException();

    /// <inheritdoc/>
    public override string ToString() => text ?? throw new InvalidOperationException("a repository name that was never set");

    // A separator can never be a letter or digit, so there is one way to split a name: no backtracking to exploit.
    [GeneratedRegex(@"\A" + Pattern + @"\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Whole();
}
