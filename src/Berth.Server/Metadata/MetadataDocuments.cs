using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Berth.Identity.Delivery;
using Berth.Identity.Sessions;
using Berth.Network;

namespace Berth.Server.Metadata;

/// <summary>The JSON that machines and pods are answered (EC2 User Guide, "Retrieve security credentials from instance metadata").</summary>
internal static class MetadataDocuments
{
    private const string Help =
        "Please see documentation at https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_iam-ec2.html#troubleshoot_iam-ec2_errors-info-doc.";

    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>A role's credentials as the instance metadata service gives them; null says that the role does not trust EC2.</summary>
    public static string Credentials(TemporaryKey? key, string role, DateTimeOffset now) => key is null
        ? Refusal("AssumeRoleUnauthorizedAccess", $"EC2 cannot assume the role {role}.  {Help}", now)
        : Write(new
        {
            Code = "Success",
            LastUpdated = Text(key.Caller.Session!.IssuedAt),
            Type = "AWS-HMAC",
            AccessKeyId = key.Key.Id,
            SecretAccessKey = key.Key.Secret,
            key.Token,
            Expiration = Text(key.ExpiresAt),
        });

    /// <summary>A role's credentials as containers are given them.</summary>
    public static string ContainerCredentials(TemporaryKey key, MachineProfile profile) => Write(new
    {
        RoleArn = profile.RoleArn,
        AccessKeyId = key.Key.Id,
        SecretAccessKey = key.Key.Secret,
        key.Token,
        Expiration = Text(key.ExpiresAt),
        AccountId = key.Caller.Account.ToString(),
    });

    /// <summary>A role's credentials as EKS's agent gives them to pods.</summary>
    public static string PodCredentials(TemporaryKey key) => Write(new
    {
        AccessKeyId = key.Key.Id,
        SecretAccessKey = key.Key.Secret,
        key.Token,
        AccountId = key.Caller.Account.ToString(),
        Expiration = Text(key.ExpiresAt),
    });

    /// <summary>An error as containers are given it.</summary>
    public static string ContainerError(string code, string message) => Write(new { code, message });

    /// <summary>The document <c>iam/info</c>.</summary>
    public static string Info(MachineProfile profile, DateTimeOffset now) => profile.Arn is null
        ? Refusal("InstanceProfileNotFound", $"Instance Profile with id {profile.Id} cannot be found. {Help}", now)
        : Write(new { Code = "Success", LastUpdated = Text(now), InstanceProfileArn = profile.Arn, InstanceProfileId = profile.Id });

    /// <summary>The instance identity document, with what is known of a machine; it has no signature beside it.</summary>
    public static string Identity(Machine machine, Instance? instance, string zone) => Write(new
    {
        accountId = machine.Account.ToString(),
        availabilityZone = zone,
        imageId = instance?.ImageId,
        instanceId = machine.InstanceId,
        instanceType = instance?.InstanceType,
        pendingTime = Text(machine.CreatedAt),
        privateIp = machine.PrivateAddress,
        region = machine.Region.ToString(),
        version = "2017-09-30",
    });

    private static string Refusal(string code, string message, DateTimeOffset now) =>
        Write(new { Code = code, Message = message, LastUpdated = Text(now) });

    private static string Write<T>(T document) => JsonSerializer.Serialize(document, Json);

    private static string Text(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
