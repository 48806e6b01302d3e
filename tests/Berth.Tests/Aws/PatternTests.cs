using Berth.Server.Aws.Constraints;

namespace Berth.Tests.Aws;

public sealed class PatternTests
{
    [Theory]
    [InlineData(@"[\w+=,.@-]+", "Aa_09+=,.@-", true)]
    [InlineData(@"[\w+=,.@-]+", "ä", false)]
    [InlineData(@"[:\w]+", "a:b", true)]
    [InlineData(@"[:\w]+", "а:b", false)]
    [InlineData(@"x(-\w+)*", "x-a-b", true)]
    [InlineData(@"x(-\w+)*", "x-ä", false)]
    [InlineData(@"[\d]+", "012", true)]
    [InlineData(@"[\d]+", "٣", false)]
    [InlineData(@"\d{2}", "12", true)]
    [InlineData(@"\d{2}", "٣٣", false)]
    [InlineData(@"[\p{L}\]\\]+", "ä]\\", true)]
    [InlineData(@"[a-z0-9]([a-z0-9]|-(?!-)){1,61}[a-z0-9]", "a-b-c", true)]
    [InlineData(@"[a-z0-9]([a-z0-9]|-(?!-)){1,61}[a-z0-9]", "a--c", false)]
    public void Patterns_mean_what_they_mean_to_AWS(string pattern, string text, bool matches) =>
        Assert.Equal(matches, new PatternAttribute(pattern).Check(text) is null);
}
