using Berth.Server.Aws.Constraints;

namespace Berth.Server.Ecr.Shapes;

/// <summary>Under what kind of key a repository's contents lie.</summary>
internal sealed record EncryptionConfiguration
{
    /// <summary>The service's own key.</summary>
    public const string ServiceKey = "AES256";

    [Values(ServiceKey, "KMS", "KMS_DSSE")]
    public required string EncryptionType { get; init; }

    [Length(1, 2048)]
    public string? KmsKey { get; init; }
}
