namespace Berth.Policy;

/// <summary>The outcome alone.</summary>
public enum Verdict
{
    /// <summary>Something grants it and nothing forbids it.</summary>
    Allowed,

    /// <summary>Nothing grants it.</summary>
    ImplicitlyDenied,

    /// <summary>A statement forbids it, which always wins.</summary>
    ExplicitlyDenied,
}

/// <summary>The outcome of an access request with its reason.</summary>
/// <param name="Verdict">The outcome.</param>
/// <param name="Because">The clause with which AWS ends its sentence of denial; empty for a request that is allowed.</param>
public sealed record Decision(Verdict Verdict, string Because)
{
    /// <summary>The one decision that lets a request through.</summary>
    public static Decision Allowed { get; } = new(Verdict.Allowed, "");
}
