namespace Berth.Storage.Rows;

/// <summary>The database cannot be opened by this program, and the message tells its operator why.</summary>
public sealed class DatabaseRefusedException(string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>Whether another process has it: what that does, it does better than a tool that would have it stop.</summary>
    public bool IsInUse { get; init; }
}
