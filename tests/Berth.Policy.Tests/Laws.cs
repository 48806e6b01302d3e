using System.Collections.Immutable;
using Berth.Policy.Documents;
using FsCheck;
using FsCheck.Fluent;

namespace Berth.Policy.Tests;

/// <summary>What Cedar proves of its authorizer, held for every world.</summary>
public sealed class Laws
{
    private static readonly Config Config = Config.QuickThrowOnFailure.WithMaxTest(500);

    [Fact]
    public void A_deny_that_applies_trumps_every_allow() => Hold(world =>
        (world with { Identity = world.Identity.Add(World.DenyAll) }).Decide().Verdict is Verdict.ExplicitlyDenied
        && (world with { Resource = world.Resource.Add(World.ForEverybody(World.DenyAll)) }).Decide().Verdict is Verdict.ExplicitlyDenied
        && (world with { Boundary = world.Boundary.Add(World.DenyAll) }).Decide().Verdict is Verdict.ExplicitlyDenied);

    [Fact]
    public void What_nothing_allows_is_denied() => Hold(world =>
        (world with { Identity = OnlyDenies(world.Identity), Resource = OnlyDenies(world.Resource) }).Decide().Verdict is not Verdict.Allowed);

    [Fact]
    public void What_is_explicitly_denied_is_denied_by_a_statement_that_says_so() => Hold(world =>
        world.Decide() is not { Verdict: Verdict.ExplicitlyDenied } decision
        || (decision.Reasons.Length > 0 && decision.Reasons.All(reason => reason.Statement.Effect is Effect.Deny)));

    [Fact]
    public void The_order_of_statements_does_not_matter() => Hold(world =>
        Outcome(world) == Outcome(world with { Identity = Turn(world.Identity), Resource = Turn(world.Resource), Boundary = Turn(world.Boundary) }));

    [Fact]
    public void A_statement_said_twice_says_nothing_more() => Hold(world =>
        Outcome(world) == Outcome(world with { Identity = Twice(world.Identity), Resource = Twice(world.Resource), Boundary = Twice(world.Boundary) }));

    [Fact]
    public void Adding_an_allow_never_loses_an_allow() => Hold(world =>
        world.Decide().Verdict is not Verdict.Allowed
        || ((world with { Identity = world.Identity.Add(World.AllowAll) }).Decide().Verdict is Verdict.Allowed
            && (world with { Resource = world.Resource.Add(World.ForEverybody(World.AllowAll)) }).Decide().Verdict is Verdict.Allowed
            && (world.Boundary.IsEmpty || (world with { Boundary = world.Boundary.Add(World.AllowAll) }).Decide().Verdict is Verdict.Allowed)));

    [Fact]
    public void Adding_a_deny_never_loses_a_deny()
    {
        var property = Prop.ForAll(World.Any, World.Any, (world, other) =>
            world.Decide().Verdict is Verdict.Allowed
            || (world with
            {
                Identity = world.Identity.AddRange(OnlyDenies(other.Identity)),
                Resource = world.Resource.AddRange(OnlyDenies(other.Resource)),
                Boundary = world.Boundary.AddRange(OnlyDenies(other.Boundary)),
            }).Decide().Verdict is not Verdict.Allowed);
        Check.One(Config, property);
    }

    [Fact]
    public void The_reasons_are_exactly_the_statements_that_apply() => Hold(world =>
    {
        var decision = world.Decide();
        return decision.Verdict switch
        {
            Verdict.ImplicitlyDenied => decision.Reasons.IsEmpty,
            Verdict.ExplicitlyDenied => Numbers(decision, PolicyKind.Identity).SetEquals(
                Applying(world.Identity, statement => Alone(statement).Verdict is Verdict.ExplicitlyDenied)),
            _ => Numbers(decision, PolicyKind.Identity).SetEquals(
                Applying(world.Identity, statement => Alone(statement).Verdict is Verdict.Allowed)),
        };
    });

    private static void Hold(Func<World, bool> law) => Check.One(Config, Prop.ForAll(World.Any, law));

    private static (Verdict Verdict, string Because) Outcome(World world) =>
        world.Decide() is var decision ? (decision.Verdict, decision.Because) : default;

    private static ImmutableArray<string> OnlyDenies(ImmutableArray<string> statements) =>
        statements.RemoveAll(statement => statement.Contains("\"Allow\"", StringComparison.Ordinal));

    private static ImmutableArray<string> Turn(ImmutableArray<string> statements) => [.. statements.Reverse()];

    private static ImmutableArray<string> Twice(ImmutableArray<string> statements) => statements.AddRange(statements);

    private static Decision Alone(string statement) => new World([statement], [], [], "111111111111").Decide();

    private static HashSet<int> Numbers(Decision decision, PolicyKind kind) =>
        [.. decision.Reasons.Where(reason => reason.Kind == kind).Select(reason => reason.Statement.Number)];

    private static IEnumerable<int> Applying(ImmutableArray<string> statements, Func<string, bool> applies) =>
        Enumerable.Range(1, statements.Length).Where(number => applies(statements[number - 1]));
}
