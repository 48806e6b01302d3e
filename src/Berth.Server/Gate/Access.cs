using Berth.Identity;
using Berth.Policy;

namespace Berth.Server.Gate;

/// <summary>One thing that somebody wants to do, for the <see cref="Authorizer"/>.</summary>
/// <param name="Caller">Who.</param>
/// <param name="Circumstances">How they ask.</param>
/// <param name="Action">The IAM action, such as <c>ecr:PutImage</c>.</param>
/// <param name="Resource">The ARN, or <c>*</c> for a call on the caller's own registry or account as such.</param>
internal sealed record Access(Caller Caller, Circumstances Circumstances, string Action, string Resource)
{
    /// <summary>The condition keys that only this operation has, such as <c>aws:RequestTag/Team</c>.</summary>
    public IReadOnlyList<KeyValuePair<string, ContextValue>> Keys { get; init; } = [];

    /// <summary>Whether the trust policy of a role decides.</summary>
    public bool IsAboutTrust => Action is "sts:AssumeRole" or "sts:TagSession" or "sts:SetSourceIdentity";
}
