namespace Berth.Vocabulary;

/// <summary>The caller is known, and STS refuses for a reason that is no policy's.</summary>
/// <param name="Sentence">STS's own, such as <c>Roles may not be assumed by root accounts.</c></param>
public sealed record SessionRefused(string Sentence) : Fault(Sentence);

/// <summary>What was given as a denial's message is none, or none that the caller's account may read.</summary>
public sealed record AuthorizationMessageInvalid() : Fault("Message is not valid");

/// <summary>Tags that a session cannot have together, or cannot have beside those it inherits.</summary>
public sealed record SessionTagsInvalid(string Sentence) : Fault(Sentence);

/// <summary>A session's policies and tags take more than their room.</summary>
public sealed record PackedPolicyTooLarge(string Sentence) : Fault(Sentence);

/// <summary>An identity token that proves nothing here.</summary>
/// <param name="Sentence">STS's, such as <c>Incorrect token audience</c>.</param>
public sealed record IdentityTokenInvalid(string Sentence) : Fault(Sentence);

/// <summary>An identity token whose time is over.</summary>
/// <param name="Now">In Unix seconds.</param>
/// <param name="Expired">When it ended, in Unix seconds.</param>
public sealed record IdentityTokenExpired(long Now, long Expired)
    : Fault($"Token expired: current date/time {Now} must be before the expiration date/time {Expired}");

/// <summary>An identity token with a claim that cannot be honoured.</summary>
public sealed record IdentityClaimRejected(string Sentence) : Fault(Sentence);

/// <summary>The keys of an identity provider cannot be had.</summary>
public sealed record IdentityProviderUnreachable(string Sentence) : Fault(Sentence);
