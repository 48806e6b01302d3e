using Berth.Identity.Sessions;

namespace Berth.Server.Sts.Shapes;

/// <summary>A temporary key, as it is handed out.</summary>
internal sealed record Credentials(string AccessKeyId, string SecretAccessKey, string SessionToken, DateTimeOffset Expiration)
{
    /// <summary>The key of a session.</summary>
    public static Credentials Of(TemporaryKey key) => new(key.Key.Id, key.Key.Secret, key.Token, key.ExpiresAt);

    /// <inheritdoc/>
    public override string ToString() => AccessKeyId;
}
