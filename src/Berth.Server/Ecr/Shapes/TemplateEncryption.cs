using Berth.Server.Aws.Constraints;
using Berth.Vocabulary;

namespace Berth.Server.Ecr.Shapes;

/// <summary>Under what kind of key repositories of a template lie (ECR's shape <c>EncryptionConfigurationForRepositoryCreationTemplate</c>).</summary>
internal sealed record TemplateEncryption
{
    [Values(EncryptionConfiguration.ServiceKey, "KMS", "KMS_DSSE")]
    public required string EncryptionType { get; init; }

    [Length(0, 2048), Pattern(@"^$|arn:aws[a-z0-9-]*:kms:[a-z0-9-]+:[0-9]{12}:key\/[a-z0-9-]+")]
    public string? KmsKey { get; init; }

    /// <summary>Refuses all keys but the service's own, which is the only one there is.</summary>
    public static void Refuse(TemplateEncryption? encryption)
    {
        if (encryption is { EncryptionType: not EncryptionConfiguration.ServiceKey } or { KmsKey.Length: > 0 })
        {
            throw new ParameterInvalid(
                "encryptionConfiguration", "this registry has no customer managed keys yet, use AES256 without kmsKey").AsException();
        }
    }
}
