namespace Berth.Identity.Sessions;

/// <summary>What is asked for when a session is begun.</summary>
/// <param name="Principal">Whom its key proves.</param>
/// <param name="OwnerId">See <see cref="Session.OwnerId"/>.</param>
/// <param name="Length">How long it is to last.</param>
public sealed record NewSession(Principal Principal, string OwnerId, TimeSpan Length)
{
    /// <summary>What it is narrowed to.</summary>
    public SessionLimits Limits { get; init; } = SessionLimits.None;

    /// <summary>See <see cref="Session.IsNarrowed"/>; what has limits always is.</summary>
    public bool IsNarrowed { get; init; }

    /// <summary>See <see cref="Session.RegistrationId"/>.</summary>
    public string? RegistrationId { get; init; }

    /// <summary>Its tags.</summary>
    public SessionTags Tags { get; init; } = SessionTags.None;

    /// <summary>See <see cref="Session.Keys"/>.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Keys { get; init; } = [];
}
