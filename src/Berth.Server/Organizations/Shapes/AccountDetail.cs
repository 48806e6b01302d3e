using Berth.Identity.Organizations;

namespace Berth.Server.Organizations.Shapes;

/// <summary>An account of the organization.</summary>
internal sealed record AccountDetail(string Id, string Arn, string? Email, string Name, string Status)
{
    public required string State { get; init; }

    public required IReadOnlyList<string> Paths { get; init; }

    public required string JoinedMethod { get; init; }

    public required DateTimeOffset JoinedTimestamp { get; init; }

    /// <summary>An account as the wire has it.</summary>
    public static AccountDetail Of(MemberAccount account, Organization organization) =>
        new($"{account.Id}", organization.ArnOf("account", $"{account.Id}"), account.Email, account.Name, "ACTIVE")
        {
            State = "ACTIVE",
            Paths = [$"{organization.Path}{account.Id}/"],
            JoinedMethod = account.Id == organization.Management ? "INVITED" : "CREATED",
            JoinedTimestamp = account.CreatedAt,
        };
}
