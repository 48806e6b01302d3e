using Berth.Vocabulary;

namespace Berth.Identity.Delivery;

/// <summary>A row of <c>machine</c>.</summary>
internal sealed record MachineRow
{
    public const string Columns = "m.id, m.account, m.instance_id, m.region, m.private_address, m.vpc_id, m.profile_id, m.certificate, m.created_at";

    public string Id { get; init; } = "";

    public string Account { get; init; } = "";

    public string InstanceId { get; init; } = "";

    public string Region { get; init; } = "";

    public string? PrivateAddress { get; init; }

    public string? VpcId { get; init; }

    public string ProfileId { get; init; } = "";

    public string? Certificate { get; init; }

    public long CreatedAt { get; init; }

    public Machine ToMachine() => new()
    {
        Id = Id,
        Account = AccountId.Parse(Account),
        Region = RegionName.Parse(Region),
        InstanceId = InstanceId,
        ProfileId = ProfileId,
        PrivateAddress = PrivateAddress,
        VpcId = VpcId,
        Certificate = Certificate,
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
    };
}
