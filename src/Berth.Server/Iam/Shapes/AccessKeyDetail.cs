using Berth.Identity;
using Berth.Vocabulary;

namespace Berth.Server.Iam.Shapes;

/// <summary>A new access key with its secret (IAM's shape <c>AccessKey</c>).</summary>
internal sealed record AccessKeyDetail(
    string? UserName, string AccessKeyId, string Status, string SecretAccessKey, DateTimeOffset? CreateDate)
{
    public static AccessKeyDetail Of(NewAccessKey made) => new(
        made.Status.UserName, made.Key.Id, AccessKeyMetadata.StatusOf(made.Status), made.Key.Secret, made.Status.CreatedAt);
}

/// <summary>An access key without its secret (IAM's shape <c>AccessKeyMetadata</c>).</summary>
internal sealed record AccessKeyMetadata(string? UserName, string AccessKeyId, string Status, DateTimeOffset? CreateDate)
{
    private const string Active = "Active";

    public static AccessKeyMetadata Of(AccessKeyStatus key) => new(key.UserName, key.Id, StatusOf(key), key.CreatedAt);

    /// <summary>Whether a key signs, in IAM's word.</summary>
    public static string StatusOf(AccessKeyStatus key) => key.IsActive ? Active : "Inactive";

    /// <summary>Whether a key is to sign. Keys expire by themselves, and none of these: the fault is <see cref="IdentityInputInvalid"/>.</summary>
    public static bool IsActive(string status) => status is not "Expired"
        ? status is Active
        : throw new IdentityInputInvalid("an access key cannot be set to 'Expired', only to 'Active' or 'Inactive'").AsException();
}

/// <summary>When and where a key was last good (IAM's shape <c>AccessKeyLastUsed</c>).</summary>
internal sealed record AccessKeyLastUsed(DateTimeOffset? LastUsedDate, string ServiceName, string Region)
{
    private const string Never = "N/A";

    public static AccessKeyLastUsed Of(AccessKeyStatus key) =>
        new(key.LastUsedAt, key.LastUse?.Service ?? Never, key.LastUse?.Region ?? Never);
}
