namespace Berth.Vocabulary;

/// <summary>Why a caller is not known. Each wire has its own codes and statuses for these.</summary>
public enum AuthenticationFailure
{
    /// <summary>The request carries no credentials.</summary>
    Missing,

    /// <summary>The credentials cannot be read.</summary>
    Malformed,

    /// <summary>The access key or token is unknown, disabled or forged.</summary>
    UnknownToken,

    /// <summary>The token was good once.</summary>
    Expired,

    /// <summary>The signature, its scope or its time is wrong.</summary>
    Signature,
}

/// <summary>The caller did not prove who they are.</summary>
/// <param name="Reason">Which kind of failure.</param>
/// <param name="Message">AWS's sentence for it.</param>
public sealed record NotAuthenticated(AuthenticationFailure Reason, string Message) : Fault(Message);

/// <summary>The caller is known, and may not.</summary>
/// <param name="Principal">The caller's ARN.</param>
/// <param name="Action">The IAM action, such as <c>ecr:PutImage</c>.</param>
/// <param name="Resource">The ARN it was to be done on, or <c>*</c>.</param>
/// <param name="Because">
/// AWS's clause for the policy type that decided, from <c>because no</c> or <c>with an explicit deny</c> on; empty where AWS
/// does not say, as for roles that may not be assumed.
/// </param>
public sealed record AccessDenied(string Principal, string Action, string Resource, string Because)
    : Fault($"User: {Principal} is not authorized to perform: {Action} on resource: {Resource}{(Because.Length == 0 ? "" : " ")}{Because}")
{
    /// <summary>What the denial rests on, sealed, for those who may know; null for a denial that has nothing to add.</summary>
    public string? EncodedMessage { get; init; }
}
