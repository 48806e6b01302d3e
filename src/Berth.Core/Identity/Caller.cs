using Berth.Identity.Sessions;
using Berth.Vocabulary;

namespace Berth.Identity;

/// <summary>Who made a request.</summary>
/// <param name="Principal">The identity.</param>
/// <param name="AccessKeyId">The access key that proved it.</param>
public sealed record Caller(Principal Principal, string AccessKeyId)
{
    /// <summary>Who makes a call that is not signed, until the call proves somebody. Nothing is ever granted to it.</summary>
    public static Caller Nobody { get; } = new(new("anonymous", AccountId.Parse("000000000000"), "anonymous"), "");

    /// <summary>What a temporary key belongs to; null for a long-term key.</summary>
    public Session? Session { get; init; }

    /// <summary>The identity's ARN.</summary>
    public string Arn => Principal.Arn;

    /// <summary>The account the identity belongs to.</summary>
    public AccountId Account => Principal.Account;

    /// <summary>
    /// The id of the user or role whose policies the caller has, or for a root the account. The caller is gone when that is.
    /// </summary>
    public string OwnerId => Session?.OwnerId ?? Principal.UserId;
}
