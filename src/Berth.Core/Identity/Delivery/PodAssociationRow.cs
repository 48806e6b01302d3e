using Berth.Vocabulary;

namespace Berth.Identity.Delivery;

/// <summary>A row of <c>pod_association</c>.</summary>
internal sealed record PodAssociationRow
{
    public const string Columns = "p.id, p.account, p.region, p.cluster, p.issuer, p.namespace, p.service_account, p.role_arn, p.created_at";

    public string Id { get; init; } = "";

    public string Account { get; init; } = "";

    public string Region { get; init; } = "";

    public string Cluster { get; init; } = "";

    public string Issuer { get; init; } = "";

    public string Namespace { get; init; } = "";

    public string ServiceAccount { get; init; } = "";

    public string RoleArn { get; init; } = "";

    public long CreatedAt { get; init; }

    public static PodAssociationRow Of(NewPodAssociation made, string id, DateTimeOffset now) => new()
    {
        Id = id,
        Account = made.Home.Account.ToString(),
        Region = made.Home.Region.ToString(),
        Cluster = made.Cluster,
        Issuer = made.ServiceAccount.Issuer,
        Namespace = made.ServiceAccount.Namespace,
        ServiceAccount = made.ServiceAccount.Name,
        RoleArn = made.RoleArn,
        CreatedAt = now.ToUnixTimeMilliseconds(),
    };

    public PodAssociation ToAssociation() => new()
    {
        Id = Id,
        Home = new(AccountId.Parse(Account), RegionName.Parse(Region)),
        Cluster = Cluster,
        ServiceAccount = new(Issuer, Namespace, ServiceAccount),
        RoleArn = RoleArn,
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
    };
}
