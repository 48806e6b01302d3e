using Berth.Identity.Organizations;

namespace Berth.Server.Organizations.Shapes;

/// <summary>What became of a request for an account (Organizations' shape <c>CreateAccountStatus</c>).</summary>
internal sealed record CreationStatus(string Id, string AccountName, string State)
{
    public required DateTimeOffset RequestedTimestamp { get; init; }

    public required DateTimeOffset CompletedTimestamp { get; init; }

    public string? AccountId { get; init; }

    public string? FailureReason { get; init; }

    /// <summary>A request as the wire has it; it is never in progress.</summary>
    public static CreationStatus Of(AccountCreation creation) =>
        new(creation.Id, creation.Name, creation.Failure is null ? "SUCCEEDED" : "FAILED")
        {
            RequestedTimestamp = creation.At,
            CompletedTimestamp = creation.At,
            AccountId = creation.Account?.ToString(),
            FailureReason = creation.Failure,
        };
}
