using Berth.Identity.Delivery;

namespace Berth.Server.Delivery;

/// <summary>A machine as answers tell of it.</summary>
/// <param name="Arn">What policies call it.</param>
/// <param name="InstanceId">The name of its sessions.</param>
/// <param name="Region">Where it is said to be.</param>
/// <param name="InstanceProfileId">The unique id of its instance profile.</param>
/// <param name="PrivateIpAddress">Its address, where it was told.</param>
/// <param name="CertificateSha256">The print of the certificate that proves it.</param>
/// <param name="RegisteredAt">Since when it is known.</param>
internal sealed record MachineDetail(
    string Arn, string InstanceId, string Region, string InstanceProfileId, string? PrivateIpAddress, string? CertificateSha256, DateTimeOffset RegisteredAt)
{
    /// <summary>The members that every machine has.</summary>
    public static MachineDetail Of(Machine machine) => new(
        machine.Arn,
        machine.InstanceId,
        machine.Region.ToString(),
        machine.ProfileId,
        machine.PrivateAddress,
        machine.Certificate,
        machine.CreatedAt);
}
