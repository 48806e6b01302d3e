using System.Text.Json;
using Berth.Vocabulary;

namespace Berth.Network;

/// <summary>A row of <c>network_object</c>.</summary>
internal sealed record NetworkRow
{
    public const string Columns = "n.id, n.account, n.region, n.kind, n.vpc_id, n.parent_id, n.client_token, n.created_at, n.gone_at, n.body";

    public string Id { get; init; } = "";

    public string Account { get; init; } = "";

    public string Region { get; init; } = "";

    public string Kind { get; init; } = "";

    public string? VpcId { get; init; }

    public string? ParentId { get; init; }

    public string? ClientToken { get; init; }

    public long CreatedAt { get; init; }

    public long? GoneAt { get; init; }

    public string Body { get; init; } = "";

    public static NetworkRow Of(NetworkObject made) => new()
    {
        Id = made.Id,
        Account = made.Home.Account.ToString(),
        Region = made.Home.Region.ToString(),
        Kind = made.Kind.Name,
        VpcId = made.GoneAt is null ? made.VpcId : null,
        ParentId = made.ParentId,
        ClientToken = made.ClientToken,
        CreatedAt = made.CreatedAt.ToUnixTimeMilliseconds(),
        GoneAt = made.GoneAt?.ToUnixTimeMilliseconds(),
        Body = JsonSerializer.Serialize<object>(made),
    };

    public T ToObject<T>(ILookup<string, NetworkTag> tags)
        where T : NetworkObject =>
        (T)(JsonSerializer.Deserialize<T>(Body)! with
        {
            Id = Id,
            Home = new(AccountId.Parse(Account), RegionName.Parse(Region)),
            VpcId = VpcId,
            ParentId = ParentId,
            ClientToken = ClientToken,
            CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
            GoneAt = GoneAt is { } gone ? DateTimeOffset.FromUnixTimeMilliseconds(gone) : null,
            Tags = [.. tags[Id]],
        });
}

/// <summary>A row of <c>network_tag</c>.</summary>
internal sealed record NetworkTagRow
{
    public string ObjectId { get; init; } = "";

    public string TagKey { get; init; } = "";

    public string TagValue { get; init; } = "";
}
