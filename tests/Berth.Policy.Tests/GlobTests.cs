using FsCheck;
using FsCheck.Fluent;

namespace Berth.Policy.Tests;

public sealed class GlobTests
{
    [Theory]
    [InlineData("", "", true)]
    [InlineData("*", "", true)]
    [InlineData("*", "anything at all", true)]
    [InlineData("v*", "v1.2", true)]
    [InlineData("v*", "V1.2", false)]
    [InlineData("*-rc", "1.0-rc", true)]
    [InlineData("*-rc", "1.0-rc2", false)]
    [InlineData("a*b*c", "a-b-b-c", true)]
    [InlineData("a*b*c", "a-c-b", false)]
    [InlineData("a**b", "ab", true)]
    [InlineData("?", "", false)]
    [InlineData("v?", "v1", true)]
    public void A_pattern_is_matched_against_the_whole_text(string pattern, string text, bool expected) =>
        Assert.Equal(expected, Glob.IsMatch(pattern, text));

    [Fact]
    public void A_question_mark_is_itself_where_it_is_no_wildcard()
    {
        Assert.False(Glob.IsMatch("v?", "v1", questionMark: false));
        Assert.True(Glob.IsMatch("v?", "v?", questionMark: false));
    }

    [Fact]
    public void Text_without_wildcards_matches_only_itself()
    {
        var property = Prop.ForAll<NonNull<string>, NonNull<string>>((left, right) =>
        {
            var pattern = left.Get.Replace("*", "", StringComparison.Ordinal).Replace("?", "", StringComparison.Ordinal);
            return Glob.IsMatch(pattern, right.Get) == string.Equals(pattern, right.Get, StringComparison.Ordinal);
        });
        Check.One(Config.QuickThrowOnFailure, property);
    }

    [Fact]
    public void A_star_put_in_place_of_any_part_of_a_text_matches_that_text()
    {
        var property = Prop.ForAll<NonNull<string>, NonNull<string>, NonNull<string>>((start, middle, end) =>
            Glob.IsMatch($"{start.Get}*{end.Get}", start.Get + middle.Get + end.Get, questionMark: false));
        Check.One(Config.QuickThrowOnFailure, property);
    }
}
