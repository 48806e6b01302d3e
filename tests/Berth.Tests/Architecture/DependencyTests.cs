using Berth.Tests.Architecture.Planted.Lower;
using Berth.Tests.Architecture.Planted.Middle;

namespace Berth.Tests.Architecture;

/// <summary>ARCHITECTURE.md, "Three assemblies": a namespace uses only the rows above its own.</summary>
public sealed class DependencyTests
{
    private static readonly NamespaceOrder Order = NamespaceOrder.Read(Checkout.PathOf("ARCHITECTURE.md"));

    private static readonly NamespaceOrder PlantedOrder = new(
    [
        ["Berth.Tests.Architecture.Planted.Upper"],
        ["Berth.Tests.Architecture.Planted.Middle", "Berth.Tests.Architecture.Planted.Beside"],
        ["Berth.Tests.Architecture.Planted.Lower"],
    ]);

    public static TheoryData<Type> Offenders =>
    [
        typeof(OffendsByBase), typeof(OffendsByInterface), typeof(OffendsByAttribute), typeof(OffendsByField), typeof(OffendsByProperty),
        typeof(OffendsByArgument), typeof(OffendsByGenericArgument), typeof(OffendsByConstraint<>), typeof(OffendsByLocal),
        typeof(OffendsByStaticCall), typeof(OffendsByCatch), typeof(OffendsInLambda), typeof(OffendsInIterator), typeof(OffendsInAsyncBody),
    ];

    [Fact]
    public void A_namespace_uses_only_the_rows_above_its_own() => Assert.Empty(Product.Types.SelectMany(Order.ViolationsOf));

    [Fact]
    public void Every_namespace_has_a_row() =>
        Assert.DoesNotContain(Product.WrittenTypes, type => Order.OwnerOf(type) is null);

    [Fact]
    public void Database_drivers_are_used_only_by_the_storage() => Assert.Empty(
        from type in Product.Types
        where type.Namespace?.StartsWith("Berth.Storage", StringComparison.Ordinal) is false
        from used in TypeUses.Of(type)
        where IsDriver(used)
        select $"{type} uses {used}");

    [Fact]
    public void The_storage_is_seen_to_use_its_drivers() =>
        Assert.Contains(Product.Types.SelectMany(TypeUses.Of), IsDriver);

    [Theory]
    [MemberData(nameof(Offenders))]
    public void A_use_of_what_stands_beside_or_below_is_found(Type offender)
    {
        var violations = WithNested(offender).SelectMany(PlantedOrder.ViolationsOf).ToArray();

        Assert.NotEmpty(violations);
        Assert.All(violations, violation => Assert.Contains(offender.Name, violation, StringComparison.Ordinal));
    }

    [Fact]
    public void A_use_of_what_stands_above_or_in_the_same_namespace_is_allowed() =>
        Assert.Empty(WithNested(typeof(Keeps)).SelectMany(PlantedOrder.ViolationsOf));

    [Fact]
    public void The_last_row_may_use_all_others() =>
        Assert.Empty(WithNested(typeof(UsesAll)).SelectMany(PlantedOrder.ViolationsOf));

    private static IEnumerable<Type> WithNested(Type type) =>
        type.GetNestedTypes(System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.NonPublic)
            .SelectMany(WithNested)
            .Append(type);

    private static bool IsDriver(Type type) =>
        type.Namespace?.Split('.') is ["Dapper", ..] or ["Npgsql", ..] or ["SQLitePCL", ..] or ["Microsoft", "Data", "Sqlite", ..];
}
