namespace Berth.Identity.Entities;

/// <summary>An OpenID Connect provider, whose tokens may be exchanged for sessions of roles that trust it.</summary>
/// <param name="Entity">Its ARN and name.</param>
/// <param name="Url">How tokens name their issuer.</param>
/// <param name="ClientIds">The audiences it may issue tokens for.</param>
/// <param name="Thumbprints">SHA-1 of certificates, lower-case hex, one of which must head its chain where the system does not trust it.</param>
public sealed record OidcProvider(Entity Entity, OidcUrl Url, IReadOnlyList<string> ClientIds, IReadOnlyList<string> Thumbprints);
