using Berth.Jobs;
using FsCheck;
using FsCheck.Fluent;

namespace Berth.Tests.Jobs;

public sealed class BackoffTests
{
    [Fact]
    public void The_pause_lies_between_half_and_all_of_a_bound_that_doubles_up_to_an_hour() =>
        Prop.ForAll<int, ushort>((attempt, chance) =>
        {
            var fraction = chance / (ushort.MaxValue + 1.0);
            var bound = Math.Min(Math.Pow(2, Math.Clamp(attempt - 1.0, 0, 100)), 3600);
            var pause = Backoff.Next(attempt, fraction).TotalSeconds;
            return pause >= bound / 2 && pause <= bound;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_later_attempt_never_waits_less_at_the_same_chance() =>
        Prop.ForAll<int, ushort>((attempt, chance) =>
        {
            var fraction = chance / (ushort.MaxValue + 1.0);
            return attempt == int.MaxValue || Backoff.Next(attempt, fraction) <= Backoff.Next(attempt + 1, fraction);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(int.MinValue)]
    [InlineData(0)]
    [InlineData(1)]
    public void The_first_pause_is_at_most_a_second(int attempt) =>
        Assert.InRange(Backoff.Next(attempt, 0.999), TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(1));

    [Theory]
    [InlineData(64)]
    [InlineData(int.MaxValue)]
    public void No_number_of_attempts_makes_it_longer_than_an_hour(int attempt) =>
        Assert.InRange(Backoff.Next(attempt, 0.999), TimeSpan.FromMinutes(30), TimeSpan.FromHours(1));
}
