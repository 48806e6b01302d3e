using System.Text.RegularExpressions;
using Berth.Acceptance.Running;

namespace Berth.Acceptance.Readme;

/// <summary>Commands printed in a page: a fenced block below a comment such as `tested: serve`.</summary>
internal sealed partial record ReadmeBlock(string Name, string Commands)
{
    private const RegexOptions Options = RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.CultureInvariant;

    private const string StoppedMark = "stopped: ";
    private const string RefusedMark = "refused: ";

    /// <summary>Whether the server has to be stopped meanwhile.</summary>
    public bool NeedsStop => Name.StartsWith(StoppedMark, StringComparison.Ordinal);

    /// <summary>What the block prints when it fails, as it has to; null for one that has to succeed.</summary>
    public string? Refusal => Name.StartsWith(RefusedMark, StringComparison.Ordinal) ? Name[RefusedMark.Length..] : null;

    public static IReadOnlyList<ReadmeBlock> ReadAll(string page) =>
    [
        .. Marked()
            .Matches(File.ReadAllText(Path.Combine(Checkout.Root, page)))
            .Select(match => new ReadmeBlock(match.Groups["name"].Value, match.Groups["commands"].Value)),
    ];

    [GeneratedRegex(@"^<!-- tested: (?<name>.+?) -->\n+```\w*\n(?<commands>.*?)^```$", Options, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Marked();
}
