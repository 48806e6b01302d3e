namespace Berth.Storage.Rows;

/// <summary>
/// A row with that key exists. The transaction is over; where the conflict is expected, <c>ON CONFLICT</c> is the better
/// way to meet it.
/// </summary>
public sealed class UniqueViolationException(Exception cause) : Exception(cause.Message, cause);
