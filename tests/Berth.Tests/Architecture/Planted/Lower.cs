using Berth.Tests.Architecture.Planted.Beside;
using Berth.Tests.Architecture.Planted.Middle;
using Berth.Tests.Architecture.Planted.Upper;

namespace Berth.Tests.Architecture.Planted.Lower;

public sealed class Low
{
    public int Count { get; set; }
}

/// <summary>Stands below all others.</summary>
public sealed class UsesAll
{
    public static int Sum(Keeps keeps) => keeps.Values.Count + Near.Count + High.Count;
}
