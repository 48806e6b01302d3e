using System.Globalization;
using Berth.Identity.Entities;
using Berth.Policy;

namespace Berth.Identity.Delivery;

/// <summary>Whether a role trusts an AWS service to hand it out (IAM User Guide, "AWS service principals").</summary>
/// <param name="Service">The service's name, such as <c>ec2.amazonaws.com</c>.</param>
/// <param name="SourceArn">For what it asks: <c>aws:SourceArn</c>.</param>
/// <param name="SourceAccount">Whose that is: <c>aws:SourceAccount</c>.</param>
/// <param name="Time">When.</param>
public sealed record ServiceTrust(string Service, string SourceArn, string SourceAccount, DateTimeOffset Time)
{
    /// <summary>Whether a role's trust policy lets the service do an action of STS's.</summary>
    public bool Allows(RoleRules role, string action)
    {
        var owner = role.Role.Account.ToString();
        var request = new AccessRequest(Service, owner, action, role.Role.Arn, owner) { Context = new(key => Find(key, role)) };
        var policies = new ApplicablePolicies { Resource = [role.Trust], ResourceSide = ResourceSide.Trust };
        return Evaluator.Decide(request, policies).Verdict is Verdict.Allowed;
    }

    private ContextValue? Find(string key, RoleRules role)
    {
        const string resourceTag = "aws:ResourceTag/";
        var value = key.ToLowerInvariant() switch
        {
            "aws:sourcearn" => SourceArn,
            "aws:sourceaccount" => SourceAccount,
            "aws:principalisawsservice" => "true",
            "aws:principalservicename" => Service,
            "aws:resourceaccount" => role.Role.Account.ToString(),
            "aws:currenttime" => Time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            "aws:epochtime" => Time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
            _ when key.StartsWith(resourceTag, StringComparison.OrdinalIgnoreCase) => role.Tags
                .Where(tag => string.Equals(tag.Key, key[resourceTag.Length..], StringComparison.OrdinalIgnoreCase))
                .Select(tag => tag.Value).FirstOrDefault(),
            _ => null,
        };
        return value is null ? null : ContextValue.One(value);
    }
}
