using Berth.Storage.Rows;

namespace Berth.Identity;

/// <summary>Tells who keeps something read from IAM's rows that some of them have changed. Changes are rare, so nobody asks which.</summary>
public sealed class IdentityChanges
{
    /// <summary>Something changed, and is committed.</summary>
    public event EventHandler? Committed;

    /// <summary>Has it told once a transaction that writes IAM's rows commits, before its caller goes on.</summary>
    internal void Follow(Transaction tx) => tx.OnCommitted(() => Committed?.Invoke(this, EventArgs.Empty));
}
