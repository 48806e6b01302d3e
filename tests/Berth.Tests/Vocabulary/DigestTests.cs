using Berth.Vocabulary;
using FsCheck;
using FsCheck.Fluent;

namespace Berth.Tests.Vocabulary;

public sealed class DigestTests
{
    private const string EmptySha256 = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private const string EmptySha512 =
        "sha512:cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e";

    [Theory]
    [InlineData(EmptySha256, "sha256", false)]
    [InlineData(EmptySha512, "sha512", true)]
    public void A_digest_of_either_algorithm_is_read(string text, string algorithm, bool isSha512)
    {
        var digest = Digest.Parse(text);

        Assert.Equal(text, digest.ToString());
        Assert.Equal(algorithm, digest.Algorithm);
        Assert.Equal(text[7..], digest.Hex);
        Assert.Equal(isSha512, digest.IsSha512);
    }

    public static TheoryData<string> NoDigests() =>
    [
        "",
        ":",
        "sha256",
        "sha256:",
        EmptySha256[..^1],
        EmptySha256 + "0",
        EmptySha512[..^1],
        EmptySha512 + "0",
        EmptySha256[7..],
        EmptySha256.ToUpperInvariant(),
        "sha256:" + EmptySha256[7..].ToUpperInvariant(),
        "SHA256:" + EmptySha256[7..],
        "sha256:" + EmptySha512[7..],
        "sha512:" + EmptySha256[7..],
        "sha384:" + EmptySha256[7..],
        "sha256-" + EmptySha256[7..],
        EmptySha256[..^1] + "g",
        EmptySha256[..^1] + "\n",
        EmptySha256[..^1] + "\0",
        EmptySha256[..^1] + "٣",
        " " + EmptySha256[..^1],
        EmptySha256 + "\n",
        "sha256:../../../../../../../../../../../../../../../../../../../etc/shadow",
    ];

    [Theory]
    [MemberData(nameof(NoDigests))]
    public void Any_other_text_is_refused(string text)
    {
        Assert.False(Digest.TryParse(text, out _));
        Assert.Equal(new DigestInvalid(text), Refusals.Of(() => Digest.Parse(text)));
    }

    [Fact]
    public void No_text_is_no_digest() => Assert.False(Digest.TryParse(text: null, out _));

    [Fact]
    public void The_digest_of_nothing_is_the_one_everybody_knows()
    {
        Assert.Equal(EmptySha256, Digest.Sha256Of([]).ToString());
        Assert.Equal(EmptySha512, Digest.Parse(EmptySha512).SameAlgorithmOf([]).ToString());
        Assert.Equal(EmptySha256, Digest.Parse(EmptySha256).SameAlgorithmOf([]).ToString());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    [InlineData(48)]
    public void A_hash_of_another_length_is_no_digest(int length) =>
        Assert.Throws<ArgumentException>(() => Digest.OfHash(new byte[length]));

    [Fact]
    public void A_digest_that_was_never_set_is_not_printed() =>
        Assert.Throws<InvalidOperationException>(() => default(Digest).ToString());

    [Fact]
    public void Every_digest_reads_back_as_itself() => Check.QuickThrowOnFailure(Prop.ForAll(
        ArbMap.Default.ArbFor<byte[]>(),
        content =>
        {
            var sha256 = Digest.Sha256Of(content);
            var sha512 = Digest.Parse(EmptySha512).SameAlgorithmOf(content);
            return Digest.Parse(sha256.ToString()) == sha256
                && Digest.Parse(sha512.ToString()) == sha512
                && Digest.OfHash(Convert.FromHexString(sha512.Hex)) == sha512;
        }));
}
