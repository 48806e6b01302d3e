using Berth.Vocabulary;
using FsCheck;
using FsCheck.Fluent;

namespace Berth.Tests.Vocabulary;

public sealed class IdsTests
{
    private const string UuidV4 = @"\A[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\z";
    private const string KeyId = @"\AAKIA[A-Z2-7]{16}\z";
    private const string Secret = @"\A[A-Za-z0-9+/]{40}\z";

    private readonly Ids ids = new();

    [Fact]
    public void Every_id_has_its_form()
    {
        Assert.Matches(UuidV4, ids.NewGuid().ToString());
        Assert.Matches(UuidV4, ids.NewUpload().ToString());
        Assert.Matches(UuidV4, ids.NewRequest());
        Assert.Matches(KeyId, ids.NewAccessKeyId());
        Assert.Matches(Secret, ids.NewSecretAccessKey());
        Assert.Matches(@"\Aa-[a-z2-7]{17}\z", ids.NewPodAssociationId());
    }

    [Theory]
    [InlineData(0x00)]
    [InlineData(0xff)]
    public void Every_id_has_its_form_whatever_chance_gives(byte value)
    {
        var constant = new Ids(bytes => bytes.Fill(value));

        Assert.Matches(UuidV4, constant.NewGuid().ToString());
        Assert.Matches(KeyId, constant.NewAccessKeyId());
        Assert.Matches(Secret, constant.NewSecretAccessKey());
        Assert.InRange(constant.NextFraction(), 0, double.BitDecrement(1));
    }

    [Fact]
    public void No_id_comes_twice() =>
        Assert.Equal(4_000, Enumerable.Range(0, 1_000)
            .SelectMany(_ => (string[])[ids.NewRequest(), ids.NewUpload().ToString(), ids.NewAccessKeyId(), ids.NewSecretAccessKey()])
            .Distinct(StringComparer.Ordinal)
            .Count());

    [Fact]
    public void The_same_chance_gives_the_same_ids()
    {
        Assert.Equal(Draw(seed: 1), Draw(seed: 1));
        Assert.NotEqual(Draw(seed: 1), Draw(seed: 2));
    }

    [Fact]
    public void A_fraction_lies_between_0_and_1_and_never_at_1() => Check.QuickThrowOnFailure(Prop.ForAll(
        ArbMap.Default.ArbFor<int>(), seed => Seeded(seed).NextFraction() is >= 0 and < 1));

    [Fact]
    public void Every_character_of_a_key_is_as_likely_as_any_other()
    {
        byte next = 0;
        var counting = new Ids(bytes =>
        {
            foreach (ref var value in bytes)
            {
                value = next++;
            }
        });

        // 16 keys of 16 characters take each of the 256 bytes once.
        var drawn = Enumerable.Range(0, 16).SelectMany(_ => counting.NewAccessKeyId()[4..]).CountBy(character => character).ToArray();

        Assert.Equal(32, drawn.Length);
        Assert.All(drawn, character => Assert.Equal(8, character.Value));
    }

    private static string[] Draw(int seed)
    {
        var seeded = Seeded(seed);
        return [seeded.NewRequest(), seeded.NewAccessKeyId(), seeded.NewSecretAccessKey()];
    }

    private static Ids Seeded(int seed) => new(new Random(seed).NextBytes);
}
