using Berth.Identity;

namespace Berth.Server.Gate;

/// <summary>Keeps the day's signing keys, which cost four HMACs each to make. Scopes are the callers' to choose, so there is a bound.</summary>
internal sealed class SigningKeys
{
    private static readonly string Decoy = new('-', 40);

    private readonly BoundedCache<(AccessKey Key, SignatureScope Scope), byte[]> known = new(most: 4096);

    /// <summary>The key that signs in a scope; with no access key, one that nothing is signed with.</summary>
    public byte[] For(AccessKey? key, SignatureScope scope)
    {
        if (key is null)
        {
            return SignatureV4.SigningKey(Decoy, scope);
        }

        if (!known.TryGet((key, scope), out var signing))
        {
            signing = SignatureV4.SigningKey(key.Secret, scope);
            known.Set((key, scope), signing);
        }

        return signing;
    }
}
