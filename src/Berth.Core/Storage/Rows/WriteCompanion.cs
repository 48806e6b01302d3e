namespace Berth.Storage.Rows;

/// <summary>
/// What joins the transactions that one flow of calls begins, unknown to those who write them: they commit with it, or not at all.
/// It is told before a write waits for its turn, on the flow of its caller.
/// </summary>
public abstract class WriteCompanion
{
    private static readonly AsyncLocal<WriteCompanion?> Flow = new();

    /// <summary>The companion of this flow, or null.</summary>
    internal static WriteCompanion? Current => Flow.Value;

    /// <summary>Has this flow, and what it starts from now on, write without a companion.</summary>
    public static void Leave() => Flow.Value = null;

    /// <summary>Joins this flow's writes from now on, as far as the method that calls this and what it calls.</summary>
    protected void Join() => Flow.Value = this;

    /// <summary>What is to be done at the end of a write that begins now, as often as its delegate runs; null for nothing.</summary>
    internal abstract Func<Transaction, Task>? Prepare();
}
