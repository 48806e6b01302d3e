using Berth.Vocabulary;
using FsCheck;
using FsCheck.Fluent;

namespace Berth.Tests.Vocabulary;

public sealed class RepositoryNameTests
{
    private static readonly string[] Separators = [".", "_", "__", "-", "--", "-----", "/"];

    [Theory]
    [InlineData("ab")]
    [InlineData("00")]
    [InlineData("a/b")]
    [InlineData("a.b")]
    [InlineData("a_b")]
    [InlineData("a__b")]
    [InlineData("a-b")]
    [InlineData("a--b")]
    [InlineData("a-----b")]
    [InlineData("0/1/2/3/4/5/6/7/8/9")]
    [InlineData("team-1/web_app/v2.x/nightly")]
    public void A_name_of_the_pattern_is_accepted(string text) => Assert.Equal(text, RepositoryName.Parse(text).ToString());

    [Theory]
    [InlineData("a..b")]
    [InlineData("a._b")]
    [InlineData("a_.b")]
    [InlineData("a.-b")]
    [InlineData("a-.b")]
    [InlineData("a_-b")]
    [InlineData("a-_b")]
    [InlineData("a___b")]
    [InlineData("/ab")]
    [InlineData("ab/")]
    [InlineData("a//b")]
    [InlineData("/")]
    [InlineData("//")]
    [InlineData(".ab")]
    [InlineData("ab.")]
    [InlineData("_ab")]
    [InlineData("ab_")]
    [InlineData("-ab")]
    [InlineData("ab-")]
    [InlineData("a/.b")]
    [InlineData("a./b")]
    [InlineData("a/-/b")]
    [InlineData("../ab")]
    [InlineData("a/../b")]
    [InlineData("Ab")]
    [InlineData("aB")]
    [InlineData("a b")]
    [InlineData(" ab")]
    [InlineData("ab ")]
    [InlineData("ab\n")]
    [InlineData("ab\r\n")]
    [InlineData("\nab")]
    [InlineData("a\tb")]
    [InlineData("a\0b")]
    [InlineData("ab\u007f")]
    [InlineData("ab\u0085")]
    [InlineData("a\\b")]
    [InlineData("a:b")]
    [InlineData("a@b")]
    [InlineData("a%2fb")]
    [InlineData("äb")]
    [InlineData("a٣")]
    [InlineData("ıı")]
    [InlineData("a\ud800")]
    public void Any_other_name_is_refused(string text)
    {
        Assert.False(RepositoryName.TryParse(text, out _));
        Assert.Equal(new RepositoryNameInvalid(text), Refusals.Of(() => RepositoryName.Parse(text)));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, false)]
    [InlineData(2, true)]
    [InlineData(256, true)]
    [InlineData(257, false)]
    public void A_name_has_2_to_256_characters(int length, bool isName) =>
        Assert.Equal(isName, RepositoryName.TryParse(new('a', length), out _));

    [Fact]
    public void No_text_is_no_name() => Assert.False(RepositoryName.TryParse(text: null, out _));

    /// <summary>The pattern is given a second at the most; one that tried every split would not end in years.</summary>
    [Theory]
    [InlineData("a", 255)]
    [InlineData("a-", 127)]
    [InlineData("a--", 85)]
    [InlineData("a__", 85)]
    [InlineData("a.", 127)]
    [InlineData("a/", 127)]
    [InlineData("a-/", 85)]
    [InlineData("-", 255)]
    [InlineData("_", 255)]
    public void A_hostile_name_is_refused_in_no_time(string piece, int times) =>
        Assert.False(RepositoryName.TryParse(string.Concat(Enumerable.Repeat(piece, times)) + "!", out _));

    [Fact]
    public void A_name_of_many_megabytes_is_refused_in_no_time() =>
        Assert.False(RepositoryName.TryParse(new('a', 64 * 1024 * 1024), out _));

    [Fact]
    public void Letters_and_digits_joined_by_any_separator_are_a_name() => Check.QuickThrowOnFailure(Prop.ForAll(
        Names().ToArbitrary(), text => RepositoryName.TryParse(text, out var name) && string.Equals(name.ToString(), text, StringComparison.Ordinal)));

    [Fact]
    public void Two_dots_in_any_name_spoil_it() => Check.QuickThrowOnFailure(Prop.ForAll(
        Names().Two().ToArbitrary(), names => !RepositoryName.TryParse($"{names.Item1}..{names.Item2}", out _)));

    [Fact]
    public void Whatever_is_accepted_cannot_leave_a_folder() => Check.QuickThrowOnFailure(Prop.ForAll(
        Gen.ArrayOf(Gen.Elements('a', 'z', '0', '.', '_', '-', '/', '\\', '\n')).Select(characters => new string(characters)).ToArbitrary(),
        text => !RepositoryName.TryParse(text, out _)
            || text.Split('/').All(part => part.Length > 0 && char.IsAsciiLetterOrDigit(part[0]) && char.IsAsciiLetterOrDigit(part[^1]))));

    private static Gen<string> Names() =>
        from words in Gen.ArrayOf(Gen.Elements("a", "z9", "0", "team", "42x"), 8)
        from separators in Gen.ArrayOf(Gen.Elements(Separators), 7)
        select string.Concat(words.Zip([.. separators, ""], (word, separator) => word + separator));
}
