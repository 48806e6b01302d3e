using Berth.Server.Gate;
using Microsoft.Extensions.Time.Testing;

namespace Berth.Tests.Gate;

public sealed class TokenBucketTests
{
    private readonly FakeTimeProvider time = new();

    [Fact]
    public void As_many_pass_at_once_as_in_a_second_and_the_next_is_told_how_long_to_wait()
    {
        var bucket = new TokenBucket(time);

        Assert.All(Enumerable.Range(0, 4), _ => Assert.Null(bucket.Take(4)));

        Assert.Equal(TimeSpan.FromMilliseconds(250), bucket.Take(4));
    }

    [Fact]
    public void Tokens_come_back_evenly_and_are_not_saved_up()
    {
        var bucket = new TokenBucket(time);
        while (bucket.Take(4) is null)
        {
        }

        time.Advance(TimeSpan.FromMilliseconds(250));
        Assert.Null(bucket.Take(4));
        Assert.NotNull(bucket.Take(4));

        time.Advance(TimeSpan.FromHours(1));
        Assert.All(Enumerable.Range(0, 4), _ => Assert.Null(bucket.Take(4)));
        Assert.NotNull(bucket.Take(4));
    }

    [Fact]
    public void Over_any_stretch_no_more_pass_than_the_rate_and_one_second_more()
    {
        var bucket = new TokenBucket(time);
        var passed = 0;

        for (var millisecond = 0; millisecond < 10_000; millisecond++)
        {
            time.Advance(TimeSpan.FromMilliseconds(1));
            passed += bucket.Take(7) is null ? 1 : 0;
        }

        Assert.InRange(passed, 70, 77);
    }

    [Fact]
    public void A_lower_rate_holds_at_once()
    {
        var bucket = new TokenBucket(time);
        Assert.Null(bucket.Take(1000));

        Assert.Null(bucket.Take(1));
        Assert.Equal(TimeSpan.FromSeconds(1), bucket.Take(1));
    }
}
