using Berth.Identity.Entities;

namespace Berth.Server.Iam.Shapes;

/// <summary>A managed policy as it is attached (IAM's shape <c>AttachedPolicy</c>).</summary>
internal sealed record AttachedPolicyDetail(string PolicyName, string PolicyArn)
{
    public static AttachedPolicyDetail Of(AttachedPolicy policy) => new(policy.Name, policy.Arn);
}
