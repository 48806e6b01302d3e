using System.Collections.Frozen;
using Berth.Identity;
using Berth.Identity.Entities;
using Berth.Identity.Organizations;
using Berth.Policy;
using Berth.Server.Gate.Doors;

namespace Berth.Server.Gate;

/// <summary>The condition keys of one access, worked out as policies ask for them (IAM User Guide, "AWS global condition context keys").</summary>
internal sealed class AccessContext(Access access, PrincipalPermissions principal, ResourceRules resource, Organization organization)
{
    private const string PrincipalTag = "aws:PrincipalTag/";
    private const string ResourceTag = ":ResourceTag/";

    private static readonly FrozenDictionary<string, Func<AccessContext, string?>> Single =
        new Dictionary<string, Func<AccessContext, string?>>(StringComparer.Ordinal)
        {
            ["aws:PrincipalArn"] = context => context.PrincipalArn,
            ["aws:PrincipalAccount"] = context => context.Caller.Account.ToString(),
            ["aws:PrincipalType"] = context => TypeOf(context.Caller.Principal.Kind),
            ["aws:PrincipalIsAWSService"] = _ => "false",
            ["aws:PrincipalOrgID"] = context => context.Organization.Id,
            ["aws:userid"] = context => context.Caller.Principal.UserId,
            ["aws:username"] = context => context.UserName,
            ["aws:TokenIssueTime"] = context => context.Caller.Session is { } session ? NetworkKeys.Text(session.IssuedAt) : null,
            ["aws:MultiFactorAuthPresent"] = context => context.Caller.Session is null ? null : "false",
            ["aws:ResourceAccount"] = context => context.ResourceAccount,
            ["aws:ResourceOrgID"] = context => context.Organization.Id,
        }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, Func<AccessContext, string?>> Several =
        new Dictionary<string, Func<AccessContext, string?>>(StringComparer.Ordinal)
        {
            ["aws:PrincipalOrgPaths"] = context => context.Organization.Path,
            ["aws:ResourceOrgPaths"] = context => context.Organization.Path,
        }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The keys that every access can have, for the reference.</summary>
    public static IEnumerable<string> Names => Global.Append($"{PrincipalTag}*").Append($"aws{ResourceTag}*").Order(StringComparer.OrdinalIgnoreCase);

    private static IEnumerable<string> Global => Single.Keys.Concat(Several.Keys).Concat(NetworkKeys.Single.Keys).Concat(NetworkKeys.Several.Keys);

    /// <summary>The account that the resource belongs to.</summary>
    public string ResourceAccount => resource.Account;

    private Caller Caller => access.Caller;

    private Circumstances Circumstances => access.Circumstances;

    private Organization Organization => organization;

    // For a federated user policies mean the session itself, for a role the role behind it.
    private string PrincipalArn => Caller.Principal.Kind is PrincipalKind.FederatedUser ? Caller.Arn : principal.Arn;

    private string? UserName => Caller.Principal.Kind is PrincipalKind.User ? principal.Name : null;

    /// <summary>The values of a key, whose case does not count; null when the access does not have it.</summary>
    public ContextValue? Find(string key)
    {
        if (Single.TryGetValue(key, out var single))
        {
            return single(this) is { } value ? ContextValue.One(value) : null;
        }

        if (Several.TryGetValue(key, out var several))
        {
            return several(this) is { } value ? ContextValue.Several(value) : null;
        }

        return NetworkKeys.TryFind(key, Circumstances, Organization, out var network)
            ? network
            : FindTag(key) ?? FindGiven(key) ?? FindBoundary(key);
    }

    /// <summary>The keys that the access has, by their names, but for tags that its principal and resource happen to have.</summary>
    public IEnumerable<KeyValuePair<string, ContextValue>> Known() =>
        from name in Global
            .Concat(access.Keys.Select(given => given.Key))
            .Concat((Caller.Session?.Keys ?? []).Select(given => given.Key))
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Order(StringComparer.OrdinalIgnoreCase)
        let value = Find(name)
        where value is not null
        select KeyValuePair.Create(name, value);

    private ContextValue? FindBoundary(string key) =>
        resource.Boundary is { } boundary && BoundedActions.Contain(access.Action) && string.Equals(key, BoundedActions.Key, StringComparison.OrdinalIgnoreCase)
            ? ContextValue.One(boundary)
            : null;

    private ContextValue? FindTag(string key)
    {
        if (key.StartsWith(PrincipalTag, StringComparison.OrdinalIgnoreCase))
        {
            return FindPrincipalTag(key[PrincipalTag.Length..]) is { } value ? ContextValue.One(value) : null;
        }

        var colon = key.IndexOf(':', StringComparison.Ordinal);
        return colon > 0
            && key.AsSpan(colon).StartsWith(ResourceTag, StringComparison.OrdinalIgnoreCase)
            && IsOfResource(key.AsSpan(0, colon))
            && resource.FindTag(key[(colon + ResourceTag.Length)..]) is { } tag
                ? ContextValue.One(tag)
                : null;
    }

    // A service's own key (ecr:ResourceTag) is the global one under its older name.
    private bool IsOfResource(ReadOnlySpan<char> prefix) =>
        prefix.Equals("aws", StringComparison.OrdinalIgnoreCase)
        || prefix.Equals(access.Action.AsSpan(0, access.Action.IndexOf(':', StringComparison.Ordinal)), StringComparison.OrdinalIgnoreCase);

    private string? FindPrincipalTag(string key) => Find(Caller.Session?.Tags ?? [], key) ?? Find(principal.Tags, key);

    private static string? Find(IReadOnlyList<EntityTag> tags, string key)
    {
        foreach (var tag in tags)
        {
            if (string.Equals(tag.Key, key, StringComparison.OrdinalIgnoreCase))
            {
                return tag.Value;
            }
        }

        return null;
    }

    private ContextValue? FindGiven(string key)
    {
        foreach (var given in access.Keys)
        {
            if (string.Equals(given.Key, key, StringComparison.OrdinalIgnoreCase))
            {
                return given.Value;
            }
        }

        foreach (var given in Caller.Session?.Keys ?? [])
        {
            if (string.Equals(given.Key, key, StringComparison.OrdinalIgnoreCase))
            {
                return ContextValue.One(given.Value);
            }
        }

        return null;
    }

    private static string TypeOf(PrincipalKind kind) => kind is PrincipalKind.Root ? "Account" : kind.ToString();
}
