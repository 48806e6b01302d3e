namespace Berth.Vocabulary;

/// <summary>More calls came than the account's rate allows.</summary>
/// <param name="RetryAfter">How long until the next is allowed.</param>
public sealed record RateExceeded(TimeSpan RetryAfter) : Fault("Rate exceeded");

/// <summary>No quota of that name can be set.</summary>
public sealed record QuotaUnknown(string Name) : Fault($"there is no quota '{Name}' that can be set");

/// <summary>The value is none that the quota can have.</summary>
public sealed record QuotaOutOfRange(string Name, long Least, long Most) : Fault($"the quota '{Name}' can be from {Least} to {Most}");
