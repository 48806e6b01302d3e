using Berth.Identity.Entities;
using Berth.Identity.Sessions;
using Berth.Storage.Rows;

namespace Berth.Identity.Delivery;

/// <summary>The instance profile of a machine.</summary>
/// <param name="Id">Its unique id.</param>
/// <param name="Arn">Its ARN; null when it is deleted.</param>
/// <param name="RoleArn">The ARN of the role in it; null when there is none.</param>
/// <param name="RoleName">The role's name; null when there is none.</param>
public sealed record MachineProfile(string Id, string? Arn, string? RoleArn, string? RoleName);

/// <summary>
/// Hands machines the roles of their instance profiles. What is in a profile is read each time, so that a role that is taken out is
/// handed out no more; each time the session is a new one, so that whoever asks has all of its time before them.
/// </summary>
public sealed class MachineRoles(Database database, RoleAccess roles, SessionTokens tokens, TimeProvider time)
{
    /// <summary>The service that roles must trust, and that they are passed to.</summary>
    public const string Service = "ec2.amazonaws.com";

    /// <summary>What the instance profile of that id is now.</summary>
    public async Task<MachineProfile> FindProfileAsync(string id, CancellationToken cancel)
    {
        var row = await database.ReadAsync(
            rows => rows.FindAsync<Row>(
                """
                SELECT p.arn AS profile_arn, r.arn AS role_arn, r.name AS role_name
                  FROM iam_entity p
                  LEFT JOIN iam_profile_role l ON l.profile_id = p.id
                  LEFT JOIN iam_entity r ON r.id = l.role_id
                 WHERE p.id = @id
                """,
                new { id }),
            cancel);
        return new(id, row?.ProfileArn, row?.RoleArn, row?.RoleName);
    }

    /// <summary>A session of the role in the profile, which has one; null when the role does not trust EC2.</summary>
    public async Task<TemporaryKey?> IssueAsync(Machine machine, MachineProfile profile, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var trust = new ServiceTrust(Service, machine.Arn, machine.Account.ToString(), now);
        if (await roles.FindAsync(profile.RoleArn!, cancel) is not { } rules || !trust.Allows(rules, "sts:AssumeRole"))
        {
            return null;
        }

        return tokens.Issue(DeliveredRole.Session(rules.Role, machine.InstanceId), new()
        {
            OwnerId = rules.Role.Id,
            RegistrationId = machine.Id,
            IssuedAt = now,
            ExpiresAt = now + DeliveredRole.Lifetime,
            Keys = [.. KeysOf(machine)],
        });
    }

    private static IEnumerable<KeyValuePair<string, string>> KeysOf(Machine machine)
    {
        yield return new("ec2:SourceInstanceArn", machine.Arn);
        yield return new("ec2:RoleDelivery", "2.0");
        if (machine.PrivateAddress is { } address)
        {
            yield return new("aws:Ec2InstanceSourcePrivateIPv4", address);
        }

        if (machine.VpcId is { } vpc)
        {
            yield return new("aws:Ec2InstanceSourceVpc", vpc);
        }
    }

    private sealed record Row
    {
        public string? ProfileArn { get; init; }

        public string? RoleArn { get; init; }

        public string? RoleName { get; init; }
    }
}
