using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Trail;

/// <summary>Puts records beside the changes that they tell of: both are committed, or neither.</summary>
public sealed class TrailWriter(Ids ids, TimeProvider time)
{
    /// <summary>Records something that the registry did of itself, in the transaction that does it.</summary>
    /// <param name="tx">The change.</param>
    /// <param name="what">What is recorded.</param>
    public Task AppendServiceEventAsync(Transaction tx, ServiceEvent what) =>
        AppendAsync(tx, ServiceRecord.Of(what, ids.NewGuid().ToString("D"), time.GetUtcNow()));

    /// <summary>Records an event. The same event twice is once.</summary>
    public Task AppendAsync(Transaction tx, TrailEvent what) =>
        TrailRow.InsertAsync(tx, what, time.GetUtcNow().ToUnixTimeMilliseconds());
}
