using Berth.Vocabulary;

namespace Berth.Tests.Vocabulary;

public sealed class ReferenceTests
{
    private static readonly string Address = Digest.Sha256Of("berth"u8).ToString();

    [Theory]
    [InlineData("v1")]
    [InlineData("latest")]
    [InlineData("UPPER_lower-1.2.3")]
    [InlineData(".")]
    [InlineData("-")]
    [InlineData("_")]
    [InlineData(".hidden")]
    [InlineData("-dashed")]
    public void Text_of_the_tag_characters_is_a_tag(string text)
    {
        var reference = Reference.Parse(text);

        Assert.Equal(Tag.Parse(text), reference.Tag);
        Assert.Null(reference.Digest);
        Assert.Equal(text, reference.ToString());
    }

    [Fact]
    public void Text_of_a_digest_is_a_digest()
    {
        var reference = Reference.Parse(Address);

        Assert.Equal(Digest.Parse(Address), reference.Digest);
        Assert.Null(reference.Tag);
        Assert.Equal(Address, reference.ToString());
    }

    [Fact]
    public void A_digest_without_its_algorithm_is_a_tag() => Assert.NotNull(Reference.Parse(Address[7..]).Tag);

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("v1 ")]
    [InlineData("v1\n")]
    [InlineData("v1\0")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("a+b")]
    [InlineData("a@b")]
    [InlineData("ä")]
    [InlineData("v١")]
    [InlineData("v\ud800")]
    public void Text_with_any_other_character_is_no_tag(string text)
    {
        Assert.False(Tag.TryParse(text, out _));
        Assert.Equal(new TagInvalid(text), Refusals.Of(() => Tag.Parse(text)));
        Assert.Equal(new TagInvalid(text), Refusals.Of(() => Reference.Parse(text)));
    }

    [Theory]
    [InlineData(":")]
    [InlineData("v1:")]
    [InlineData("sha256:abc")]
    [InlineData("md5:d41d8cd98f00b204e9800998ecf8427e")]
    public void Text_with_a_colon_was_meant_as_a_digest(string text) =>
        Assert.Equal(new DigestInvalid(text), Refusals.Of(() => Reference.Parse(text)));

    [Theory]
    [InlineData(1, true)]
    [InlineData(128, true)]
    [InlineData(300, true)]
    [InlineData(301, false)]
    public void A_tag_has_up_to_300_characters(int length, bool isTag) =>
        Assert.Equal(isTag, Tag.TryParse(new('v', length), out _));

    [Fact]
    public void No_text_is_no_tag() => Assert.False(Tag.TryParse(text: null, out _));
}
