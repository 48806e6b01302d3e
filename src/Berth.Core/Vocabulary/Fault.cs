namespace Berth.Vocabulary;

/// <summary>
/// A promise that cannot be kept, in the registry's own words. The set is closed: every fault stands in
/// <c>Vocabulary/Faults</c>, and each wire has one table that gives it a code and a status.
/// </summary>
/// <param name="Message">
/// The sentence for the caller: ECR's own, letter for letter, where ECR has one; otherwise ours, lower case, no full
/// stop, values in single quotes. Both wires print the same one, as ECR's do.
/// </param>
public abstract record Fault(string Message)
{
    /// <summary>The fault as something to throw.</summary>
    public FaultException AsException() => new(this);
}

/// <summary>Carries a fault to the wire that spells it.</summary>
public sealed class FaultException(Fault fault) : Exception(fault.Message)
{
    /// <summary>What went wrong.</summary>
    public Fault Fault { get; } = fault;
}
