namespace Berth.Policy;

/// <summary>One question: may this principal do this on that?</summary>
/// <param name="Principal">The caller's ARN, that of its session for a role; for a service its name, such as <c>ecs.amazonaws.com</c>.</param>
/// <param name="PrincipalAccount">The account the caller belongs to.</param>
/// <param name="Action">The IAM action, such as <c>ecr:PutImage</c>.</param>
/// <param name="Resource">The resource's ARN, or <c>*</c> for a call on none in particular.</param>
/// <param name="ResourceAccount">The account that owns the resource.</param>
public sealed record AccessRequest(
    string Principal,
    string PrincipalAccount,
    string Action,
    string Resource,
    string ResourceAccount)
{
    /// <summary>The condition keys of the request.</summary>
    public RequestContext Context { get; init; } = RequestContext.Empty;

    /// <summary>Whether the caller asks for something of another account.</summary>
    public bool IsCrossAccount => !string.Equals(PrincipalAccount, ResourceAccount, StringComparison.Ordinal);

    /// <summary>Whether the caller is the root of its account (<c>arn:aws:iam::123456789012:root</c>).</summary>
    public bool IsRoot => Principal.EndsWith(":root", StringComparison.Ordinal)
        && Principal.EndsWith($":iam::{PrincipalAccount}:root", StringComparison.Ordinal);

    /// <summary>Whether the caller is one of AWS's services, which have no account and no policies of their own.</summary>
    public bool IsService => !Principal.StartsWith("arn:", StringComparison.Ordinal);
}
