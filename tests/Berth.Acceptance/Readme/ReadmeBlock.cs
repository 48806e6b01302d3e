using System.Text.RegularExpressions;
using Berth.Acceptance.Running;

namespace Berth.Acceptance.Readme;

/// <summary>Commands printed in a page: a fenced block below a comment such as `tested: serve`.</summary>
internal sealed partial record ReadmeBlock(string Name, string Commands)
{
    private const RegexOptions Options = RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.CultureInvariant;

    public static IReadOnlyList<ReadmeBlock> ReadAll(string page) =>
    [
        .. Marked()
            .Matches(File.ReadAllText(Path.Combine(Checkout.Root, page)))
            .Select(match => new ReadmeBlock(match.Groups["name"].Value, match.Groups["commands"].Value)),
    ];

    [GeneratedRegex(@"^<!-- tested: (?<name>.+?) -->\n+```\w*\n(?<commands>.*?)^```$", Options, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Marked();
}
