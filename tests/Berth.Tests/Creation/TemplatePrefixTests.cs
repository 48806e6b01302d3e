using Berth.Creation;
using Berth.Vocabulary;

namespace Berth.Tests.Creation;

public sealed class TemplatePrefixTests
{
    [Theory]
    [InlineData("team/app/web", "team/app team ROOT")]
    [InlineData("team/app", "team ROOT")]
    [InlineData("team", "ROOT")]
    public void A_repository_lies_below_its_folders_and_not_below_its_own_name(string name, string prefixes) =>
        Assert.Equal(prefixes, string.Join(' ', TemplatePrefix.Of(RepositoryName.Parse(name))));

    [Theory]
    [InlineData("prod/", "prod")]
    [InlineData("prod", "prod")]
    [InlineData("ROOT", "ROOT")]
    public void A_slash_at_the_end_makes_no_other_prefix(string given, string kept) => Assert.Equal(kept, TemplatePrefix.Normalize(given));
}
