namespace Berth.Storage.Rows;

/// <summary>The database cannot be opened by this program, and the message tells its operator why.</summary>
public sealed class DatabaseRefusedException(string message, Exception? cause = null) : Exception(message, cause);
