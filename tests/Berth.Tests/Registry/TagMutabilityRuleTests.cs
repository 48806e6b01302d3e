using Berth.Registry;
using Berth.Vocabulary;
using FsCheck;
using FsCheck.Fluent;

namespace Berth.Tests.Registry;

public sealed class TagMutabilityRuleTests
{
    [Theory]
    [InlineData(TagMutability.MutableWithExclusion, "MUTABLE_WITH_EXCLUSION")]
    [InlineData(TagMutability.ImmutableWithExclusion, "IMMUTABLE_WITH_EXCLUSION")]
    public void A_setting_that_excepts_needs_filters(TagMutability setting, string name)
    {
        Assert.Equal(
            Invalid($"ImageTagMutabilityExclusionFilters can't be null when imageTagMutability is set as {name}"), Refusal(setting));
        Assert.Equal(["dev-*"], TagMutabilityRule.Create(setting, ["dev-*"]).ExclusionFilters);
    }

    [Theory]
    [InlineData(TagMutability.Mutable, "MUTABLE")]
    [InlineData(TagMutability.Immutable, "IMMUTABLE")]
    public void A_setting_that_excepts_nothing_has_none(TagMutability setting, string name)
    {
        Assert.Equal(
            Invalid($"ImageTagMutabilityExclusionFilters must be null when imageTagMutability is set as {name}"), Refusal(setting, "dev-*"));
        Assert.Empty(TagMutabilityRule.Create(setting, []).ExclusionFilters);
    }

    [Theory]
    [InlineData("***")]
    [InlineData("a*b*c*")]
    public void A_filter_has_two_stars_at_the_most(string filter) => Assert.Equal(
        Invalid($"the filter '{filter}' has more than 2 wildcards"), Refusal(TagMutability.ImmutableWithExclusion, "a*b*c", filter));

    [Theory]
    [InlineData("latest", "latest", true)]
    [InlineData("latest", "latest-1", false)]
    [InlineData("latest", "Latest", false)]
    [InlineData("dev-*", "dev-1", true)]
    [InlineData("dev-*", "dev-", true)]
    [InlineData("dev-*", "dev", false)]
    [InlineData("dev-*", "my-dev-1", false)]
    [InlineData("*-rc", "1.0-rc", true)]
    [InlineData("*-rc", "1.0-rc2", false)]
    [InlineData("v*.*", "v1.2", true)]
    [InlineData("v*.*", "v1", false)]
    [InlineData("*", "anything", true)]
    [InlineData("**", "anything", true)]
    [InlineData("1.0", "1x0", false)]
    [InlineData(".*", "anything", false)]
    public void A_filter_names_whole_tags(string filter, string tag, bool excepted)
    {
        Assert.Equal(excepted, MayMove(TagMutability.ImmutableWithExclusion, tag, filter));
        Assert.Equal(!excepted, MayMove(TagMutability.MutableWithExclusion, tag, filter));
    }

    [Theory]
    [InlineData("latest", true)]
    [InlineData("dev-1", true)]
    [InlineData("v1", false)]
    public void One_filter_of_several_is_enough(string tag, bool excepted) =>
        Assert.Equal(excepted, MayMove(TagMutability.ImmutableWithExclusion, tag, "latest", "dev-*"));

    [Theory]
    [InlineData(TagMutability.Mutable, true)]
    [InlineData(TagMutability.Immutable, false)]
    public void Without_filters_all_tags_are_alike(TagMutability setting, bool mayMove) =>
        Assert.Equal(mayMove, MayMove(setting, "latest"));

    [Fact]
    public void Tags_move_when_nothing_is_said() => Assert.True(TagMutabilityRule.Default.MayMove(Tag.Parse("latest")));

    [Fact]
    public void A_tag_that_may_move_under_one_exclusion_may_not_under_the_other() => Check.QuickThrowOnFailure(Prop.ForAll(
        Texts('a', 'b', '.', '*').Where(filter => filter.Count(character => character == '*') <= 2).ToArbitrary(),
        Texts('a', 'b', '.', '-').ToArbitrary(),
        (filter, tag) => MayMove(TagMutability.MutableWithExclusion, tag, filter) != MayMove(TagMutability.ImmutableWithExclusion, tag, filter)));

    [Theory]
    [InlineData(TagMutability.Mutable)]
    [InlineData(TagMutability.Immutable)]
    [InlineData(TagMutability.MutableWithExclusion)]
    [InlineData(TagMutability.ImmutableWithExclusion)]
    public void A_setting_reads_back_from_its_name(TagMutability setting) =>
        Assert.Equal(setting, TagMutabilityNames.FromWire(setting.Wire()));

    private static bool MayMove(TagMutability setting, string tag, params string[] filters) =>
        TagMutabilityRule.Create(setting, filters).MayMove(Tag.Parse(tag));

    private static Fault Refusal(TagMutability setting, params string[] filters) =>
        Assert.Throws<FaultException>(() => TagMutabilityRule.Create(setting, filters)).Fault;

    private static ParameterInvalid Invalid(string rule) => new("imageTagMutabilityExclusionFilters", rule);

    private static Gen<string> Texts(params char[] characters) =>
        Gen.NonEmptyListOf(Gen.Elements(characters)).Select(drawn => string.Concat(drawn));
}
