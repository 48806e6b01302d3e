using System.Security.Cryptography;
using System.Text;

namespace Berth.Identity.Entities;

/// <summary>A policy that AWS manages, as every account finds it.</summary>
/// <param name="Arn">In the partition <c>aws</c>.</param>
/// <param name="Version">The number of the version that counts.</param>
/// <param name="CreatedAt">When AWS made the policy.</param>
/// <param name="UpdatedAt">When AWS made this version.</param>
/// <param name="Document">What it allows.</param>
public sealed record AwsManagedPolicy(string Arn, int Version, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, string Document)
{
    private const string IdAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>What follows the last slash.</summary>
    public string Name => Arn[(Arn.LastIndexOf('/') + 1)..];

    /// <summary>Where it lies: <c>/</c>, <c>/service-role/</c>, <c>/aws-service-role/</c>.</summary>
    public string Path => Arn[Arn.IndexOf('/', StringComparison.Ordinal)..(Arn.LastIndexOf('/') + 1)];

    /// <summary>Of the form of ids; the same on every node, since it is made of the name.</summary>
    public string Id =>
        EntityKind.Policy.IdPrefix + string.Concat(SHA256.HashData(Encoding.UTF8.GetBytes(Name)).Take(17).Select(part => IdAlphabet[part % 32]));

    /// <summary>Whether it is for a service's own roles only.</summary>
    public bool IsOfService => string.Equals(Path, ProtectedRoles.Path, StringComparison.Ordinal);

    /// <summary>Its ARN as accounts of a partition write it.</summary>
    public string ArnIn(string partition) => $"arn:{partition}{Arn["arn:aws".Length..]}";
}
