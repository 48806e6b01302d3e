using Berth.Tests.Architecture.Planted.Beside;
using Berth.Tests.Architecture.Planted.Lower;
using Berth.Tests.Architecture.Planted.Upper;

namespace Berth.Tests.Architecture.Planted.Middle;

/// <summary>Keeps the order.</summary>
public sealed class Keeps
{
    public IReadOnlyList<High> Values { get; init; } = [];

    public static async Task<int> CountAsync(Keeps other)
    {
        await Task.CompletedTask;
        return other.Values.Count + High.Count;
    }
}

public sealed class OffendsByBase : Near;

public sealed class OffendsByInterface : INear;

[Near]
public sealed class OffendsByAttribute;

public sealed class OffendsByField
{
    private readonly Low low = new();

    public override int GetHashCode() => low.Count;
}

public sealed class OffendsByProperty
{
    public Low? Low { get; init; }
}

public sealed class OffendsByArgument
{
    public static bool IsThere(Low? low) => low is not null;
}

public sealed class OffendsByGenericArgument
{
    public static IReadOnlyDictionary<string, Low[]> Lows() => new Dictionary<string, Low[]>(StringComparer.Ordinal);
}

public sealed class OffendsByConstraint<T>
    where T : Near
{
    public T? Value { get; init; }
}

public sealed class OffendsByLocal
{
    public static int Count()
    {
        var low = new Low { Count = 1 };
        return low.Count;
    }
}

public sealed class OffendsByStaticCall
{
    public static int Count() => Near.Count;
}

public sealed class OffendsByCatch
{
    public static bool Try(Action act)
    {
        try
        {
            act();
            return true;
        }
        catch (NearException)
        {
            return false;
        }
    }
}

public sealed class OffendsInLambda
{
    public static Func<int, int> Adder(int by) => number => number + by + Near.Count;
}

public sealed class OffendsInIterator
{
    public static IEnumerable<int> Counts()
    {
        yield return Near.Count;
    }
}

public sealed class OffendsInAsyncBody
{
    public static async Task TouchAsync()
    {
        await Task.Yield();
        Near.Touch("reached only when resumed");
    }
}
