using Berth.Vocabulary;

namespace Berth.Identity.Delivery;

/// <summary>A machine that is handed the role of its instance profile, as an EC2 instance is.</summary>
public sealed record Machine
{
    /// <summary>Of the registration; never used twice.</summary>
    public required string Id { get; init; }

    /// <summary>The account it belongs to.</summary>
    public required AccountId Account { get; init; }

    /// <summary>The Region it is said to be in.</summary>
    public required RegionName Region { get; init; }

    /// <summary>Such as <c>i-0123456789abcdef0</c>: the name of its sessions.</summary>
    public required string InstanceId { get; init; }

    /// <summary>The id of its instance profile (<c>AIPA...</c>), which may be gone.</summary>
    public required string ProfileId { get; init; }

    /// <summary>Its IPv4 address, where whoever registered it told one.</summary>
    public string? PrivateAddress { get; init; }

    /// <summary>The VPC it is in; null where it is an instance of none.</summary>
    public string? VpcId { get; init; }

    /// <summary>The SHA-256 of the certificate that proves it, in lower-case hex; null when only its secret does.</summary>
    public string? Certificate { get; init; }

    /// <summary>When it was registered.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>What policies call it.</summary>
    public string Arn => ArnOf(new(Account, Region), InstanceId);

    /// <summary>The ARN of an instance, or with <c>*</c> for the id that of all.</summary>
    public static string ArnOf(RegistryId home, string instanceId) =>
        $"arn:{home.Region.Partition}:ec2:{home.Region}:{home.Account}:instance/{instanceId}";
}

/// <summary>What is told of a machine when it is registered.</summary>
/// <param name="Home">The account and the Region it belongs to.</param>
/// <param name="Profile">The name of its instance profile in that account.</param>
public sealed record NewMachine(RegistryId Home, string Profile)
{
    /// <summary>Its id; null to have one made.</summary>
    public string? InstanceId { get; init; }

    /// <summary>See <see cref="Machine.PrivateAddress"/>.</summary>
    public string? PrivateAddress { get; init; }

    /// <summary>See <see cref="Machine.VpcId"/>.</summary>
    public string? VpcId { get; init; }

    /// <summary>See <see cref="Machine.Certificate"/>.</summary>
    public string? Certificate { get; init; }
}

/// <summary>A machine that was just registered.</summary>
/// <param name="Machine">The machine.</param>
/// <param name="Secret">By which it proves itself. Told this once: only a code of it is kept.</param>
public sealed record RegisteredMachine(Machine Machine, string Secret)
{
    /// <summary>Leaves the secret out: whatever is printed may end in a log.</summary>
    public override string ToString() => Machine.Arn;
}
