namespace Berth.Identity;

/// <summary>The access keys of the deployment.</summary>
/// <param name="root">The root key that the host gave.</param>
public sealed class AccessKeys(AccessKey root)
{
    /// <summary>The active key of that id, or null.</summary>
    public ValueTask<AccessKey?> FindAsync(string id, CancellationToken cancel) =>
        cancel.IsCancellationRequested
            ? ValueTask.FromCanceled<AccessKey?>(cancel)
            : new(string.Equals(id, root.Id, StringComparison.Ordinal) ? root : null);
}
