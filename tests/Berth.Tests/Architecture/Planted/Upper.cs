namespace Berth.Tests.Architecture.Planted.Upper;

public sealed class High
{
    public static int Count => 1;
}
