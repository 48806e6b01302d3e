using Berth.Server.Gate;
using Berth.Storage.Blobs;
using Berth.Vocabulary;

namespace Berth.Tests.Gate;

public sealed class PageTokensTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_token_gives_back_the_place_it_was_made_for() =>
        Assert.Equal(["sha256:00", "v1"], Tokens("a").Read(["ListImages", "app"], Tokens("a").Issue(["ListImages", "app"], "sha256:00", "v1")));

    [Fact]
    public void No_token_is_the_beginning() => Assert.Null(Tokens("a").Read(["ListImages"], token: null));

    [Fact]
    public void A_token_can_stand_in_a_URL_as_it_is() =>
        Assert.Matches(@"\A[A-Za-z0-9_-]+\z", Tokens("a").Issue(["ListImages"], "ä/+ \0"));

    [Theory]
    [InlineData("ListImages", "other")]
    [InlineData("ListImages")]
    [InlineData("ListImages", "app", "")]
    [InlineData("ListImagesapp")]
    public void A_token_of_another_question_is_refused(params string[] question) =>
        AssertRefused(Tokens("a"), question, Tokens("a").Issue(["ListImages", "app"], "v1"));

    [Fact]
    public void A_token_of_another_deployment_is_refused() =>
        AssertRefused(Tokens("a"), ["ListImages"], Tokens("b").Issue(["ListImages"], "v1"));

    [Fact]
    public void A_token_with_any_bit_changed_is_refused()
    {
        var tokens = Tokens("a");
        var token = tokens.Issue(["ListImages"], "v1");

        for (var place = 0; place < token.Length; place++)
        {
            var changed = token.ToCharArray();
            changed[place] = changed[place] == 'A' ? 'Q' : 'A';
            AssertRefused(tokens, ["ListImages"], new(changed));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("AAAA")]
    [InlineData("not base 64!")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void What_is_no_token_is_refused(string token) => AssertRefused(Tokens("a"), ["ListImages"], token);

    private static void AssertRefused(PageTokens tokens, IReadOnlyList<string> question, string token) =>
        Assert.IsType<PageTokenInvalid>(Assert.Throws<FaultException>(() => tokens.Read(question, token)).Fault);

    private PageTokens Tokens(string keyring) =>
        new(Keyring.LoadOrCreate(Path.Combine(folder.Path, keyring), new(), TimeProvider.System));
}
