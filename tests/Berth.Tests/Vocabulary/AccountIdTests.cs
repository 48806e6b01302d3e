using Berth.Vocabulary;

namespace Berth.Tests.Vocabulary;

public sealed class AccountIdTests
{
    [Theory]
    [InlineData("123456789012")]
    [InlineData("000000000000")]
    [InlineData("999999999999")]
    public void Twelve_digits_are_an_account(string text) => Assert.Equal(text, AccountId.Parse(text).ToString());

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("12345678901")]
    [InlineData("1234567890123")]
    [InlineData("12345678901a")]
    [InlineData("-12345678901")]
    [InlineData("+12345678901")]
    [InlineData(" 12345678901")]
    [InlineData("12345678901\n")]
    [InlineData("1234-5678-90")]
    [InlineData("١٢٣٤٥٦٧٨٩٠١٢")]
    public void Any_other_text_is_none(string? text)
    {
        Assert.False(AccountId.TryParse(text, out _));
        Assert.Throws<FormatException>(() => AccountId.Parse(text!));
    }

    [Fact]
    public void An_account_that_was_never_set_is_not_printed() =>
        Assert.Throws<InvalidOperationException>(() => default(AccountId).ToString());
}
