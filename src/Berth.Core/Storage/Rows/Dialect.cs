using System.Data.Common;

namespace Berth.Storage.Rows;

/// <summary>Which database holds the rows and where it is: all that differs between the two.</summary>
public abstract class Dialect
{
    /// <summary>Opens the connections. The schema may not exist yet.</summary>
    internal abstract Engine Open();

    /// <summary>Whether no other process can have the database open while this one has.</summary>
    internal virtual bool HasOneProcess => false;

    /// <summary>Whether a statement failed because its table does not exist.</summary>
    internal abstract bool IsMissingTable(DbException error);

    /// <summary>
    /// What a failed statement means to the registry: a <see cref="UniqueViolationException"/>, a fault of the storage, or
    /// the error itself, which then is a bug.
    /// </summary>
    internal abstract Exception Translate(DbException error);
}
