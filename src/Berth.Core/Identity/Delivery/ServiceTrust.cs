using System.Globalization;
using Berth.Identity.Entities;
using Berth.Identity.Sessions;
using Berth.Policy;

namespace Berth.Identity.Delivery;

/// <summary>Whether a role trusts an AWS service to hand it out (IAM User Guide, "AWS service principals").</summary>
/// <param name="Service">The service's name, such as <c>ec2.amazonaws.com</c>.</param>
/// <param name="SourceArn">For what it asks: <c>aws:SourceArn</c>.</param>
/// <param name="SourceAccount">Whose that is: <c>aws:SourceAccount</c>.</param>
/// <param name="Time">When.</param>
public sealed record ServiceTrust(string Service, string SourceArn, string SourceAccount, DateTimeOffset Time)
{
    /// <summary>The tags of the session that it asks for.</summary>
    public SessionTags Tags { get; init; } = SessionTags.None;

    /// <summary>Whether a role's trust policy lets the service do an action of STS's.</summary>
    public bool Allows(RoleRules role, string action)
    {
        var owner = role.Role.Account.ToString();
        var request = new AccessRequest(Service, owner, action, role.Role.Arn, owner) { Context = new(key => Find(key, role)) };
        var policies = new ApplicablePolicies { Resource = [role.Trust], ResourceSide = ResourceSide.Trust };
        return Evaluator.Decide(request, policies).Verdict is Verdict.Allowed;
    }

    private ContextValue? Find(string key, RoleRules role) => key.ToLowerInvariant() switch
    {
        "aws:tagkeys" => Several([.. Tags.All.Select(tag => tag.Key)]),
        "sts:transitivetagkeys" => Several(Tags.TransitiveKeys),
        _ => FindText(key, role) is { } text ? ContextValue.One(text) : null,
    };

    private string? FindText(string key, RoleRules role) => key.ToLowerInvariant() switch
    {
        "aws:sourcearn" => SourceArn,
        "aws:sourceaccount" => SourceAccount,
        "aws:principalisawsservice" => "true",
        "aws:principalservicename" => Service,
        "aws:resourceaccount" => role.Role.Account.ToString(),
        "aws:currenttime" => Time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        "aws:epochtime" => Time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
        _ => ValueOf(key, "aws:ResourceTag/", role.Tags) ?? ValueOf(key, "aws:RequestTag/", Tags.All),
    };

    private static ContextValue? Several(IReadOnlyList<string> values) => values.Count == 0 ? null : ContextValue.Several(values);

    private static string? ValueOf(string key, string prefix, IReadOnlyList<EntityTag> tags) =>
        key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)
            ? tags.Where(tag => string.Equals(tag.Key, key[prefix.Length..], StringComparison.OrdinalIgnoreCase))
                .Select(tag => tag.Value).FirstOrDefault()
            : null;
}
