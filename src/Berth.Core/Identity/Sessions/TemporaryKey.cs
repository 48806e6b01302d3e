namespace Berth.Identity.Sessions;

/// <summary>What STS and the machine endpoints hand out.</summary>
/// <param name="Key">The id (<c>ASIA...</c>) and the secret.</param>
/// <param name="Token">Sent with every request; holds the session, sealed.</param>
/// <param name="Caller">Whom the key proves.</param>
public sealed record TemporaryKey(AccessKey Key, string Token, Caller Caller)
{
    /// <summary>When the key ends.</summary>
    public DateTimeOffset ExpiresAt => Caller.Session!.ExpiresAt;

    /// <inheritdoc/>
    public override string ToString() => Key.ToString();
}
