using Berth.Vocabulary;

namespace Berth.Identity.Organizations;

/// <summary>What became of a request for an account.</summary>
/// <param name="Id">By which the request is asked for, <c>car-...</c>.</param>
/// <param name="Name">What the account was to be called.</param>
/// <param name="Account">The account; null when none was made.</param>
/// <param name="Failure">Why none was made, in Organizations' word.</param>
/// <param name="At">When it was asked for, and done.</param>
public sealed record AccountCreation(string Id, string Name, AccountId? Account, string? Failure, DateTimeOffset At);

/// <summary>An account that is asked for.</summary>
/// <param name="Label">What people call it.</param>
/// <param name="Role">The name of the role through which the management account gets in.</param>
public sealed record WantedAccount(AccountLabel Label, string Role);
