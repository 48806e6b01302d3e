using Berth.Registry;
using Berth.Vocabulary;

namespace Berth.Tests.Registry;

public sealed class ResourceTagTests
{
    [Theory]
    [InlineData("team", "platform")]
    [InlineData("team", "")]
    [InlineData("k", "+-=._:/@ and spaces")]
    [InlineData("Kostenstelle Süd", "Übersee")]
    [InlineData("部署", "港")]
    [InlineData("𝐤", "𝟏")]
    [InlineData("awsome", "aws:")]
    [InlineData("my:aws:key", "v")]
    public void Letters_digits_spaces_and_seven_marks_are_allowed(string key, string value) => ResourceTag.Check([new(key, value)]);

    [Theory]
    [InlineData("")]
    [InlineData("a!")]
    [InlineData("a\n")]
    [InlineData("a\0")]
    [InlineData("a\t")]
    [InlineData("a\u00a0b")]
    [InlineData("a,b")]
    [InlineData("a\\b")]
    [InlineData("<script>")]
    [InlineData("⚓")]
    [InlineData("a\ud800")]
    public void A_key_with_anything_else_is_refused(string key)
    {
        var fault = new ResourceTagInvalid("a tag key must be 1 to 128 letters, digits, spaces or any of + - = . _ : / @");

        Assert.Equal(fault, Refusal(new ResourceTag(key, "")));
        Assert.Equal(fault, Assert.Throws<FaultException>(() => ResourceTag.CheckKey(key)).Fault);
    }

    [Theory]
    [InlineData("a!")]
    [InlineData("a\n")]
    [InlineData("\0")]
    [InlineData("{}")]
    [InlineData("\udc00")]
    public void A_value_with_anything_else_is_refused(string value) => Assert.Equal(
        new ResourceTagInvalid("the value of the tag 'team' must be at most 256 letters, digits, spaces or any of + - = . _ : / @"),
        Refusal(new ResourceTag("team", value)));

    [Theory]
    [InlineData("aws:")]
    [InlineData("aws:cloudformation:stack-name")]
    [InlineData("AWS:team")]
    [InlineData("Aws:team")]
    public void Keys_of_AWS_itself_are_refused(string key) => Assert.Equal(
        new ResourceTagInvalid("tag keys that begin with 'aws:' are reserved"), Refusal(new ResourceTag(key, "")));

    [Fact]
    public void A_key_has_up_to_128_characters_and_a_value_up_to_256()
    {
        ResourceTag.Check([new(new('k', 128), new('v', 256))]);

        Assert.IsType<ResourceTagInvalid>(Refusal(new ResourceTag(new('k', 129), "")));
        Assert.IsType<ResourceTagInvalid>(Refusal(new ResourceTag("k", new('v', 257))));
    }

    [Fact]
    public void A_key_that_is_given_twice_is_refused() => Assert.Equal(
        new ResourceTagInvalid("the tag key 'team' is given more than once"),
        Refusal(new("team", "a"), new("stage", "b"), new("team", "a")));

    [Fact]
    public void Keys_that_differ_in_case_are_two() => ResourceTag.Check([new("team", "a"), new("Team", "b")]);

    [Fact]
    public void No_tags_are_fine() => ResourceTag.Check([]);

    private static Fault Refusal(params ResourceTag[] tags) =>
        Assert.Throws<FaultException>(() => ResourceTag.Check(tags)).Fault;
}
