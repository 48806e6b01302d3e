using Berth.Identity.Entities;
using Berth.Network;
using Berth.Policy;
using Berth.Registry;
using Berth.Vocabulary;

namespace Berth.Server.Gate;

/// <summary>Finds what a resource has to say, by its ARN, whether or not it exists.</summary>
internal sealed class ResourceLookup(
    RepositoryAccess repositories, RoleAccess roles, EntityAccess entities, NetworkTags networks, DoorsOnly doorsOnly)
{
    private const string Repository = "repository/";
    private const string Role = "role/";

    /// <summary>The rules of the resource of an access.</summary>
    public async ValueTask<ResourceRules> FindAsync(Access access, CancellationToken cancel)
    {
        var rules = await FindOwnAsync(access, cancel);
        return access.Action.StartsWith("ecr:", StringComparison.OrdinalIgnoreCase)
            && AccountId.TryParse(rules.Account, out var owner)
            && await doorsOnly.HoldsAsync(owner, cancel)
                ? rules with { IsBehindDoors = true }
                : rules;
    }

    private ValueTask<ResourceRules> FindOwnAsync(Access access, CancellationToken cancel)
    {
        var parts = access.Resource.Split(':', 6);
        return parts switch
        {
            [_, _, "ecr", var region, var owner, var resource]
                when resource.StartsWith(Repository, StringComparison.Ordinal)
                    && AccountId.TryParse(owner, out var account)
                    && RegionName.TryParse(region, out var home) =>
                OfRepositoryAsync(access, new(account, home), resource[Repository.Length..], cancel),
            [_, _, "iam", _, var owner, var resource]
                when resource.StartsWith(Role, StringComparison.Ordinal)
                    && access.Action.StartsWith("sts:", StringComparison.OrdinalIgnoreCase) =>
                OfTrustAsync(new(access.Resource, owner), cancel),
            [_, var partition, "iam", _, var owner, var resource] when AccountId.TryParse(owner, out var account) =>
                OfEntityAsync(new(access.Resource, owner), new(account, partition), resource, cancel),

            [_, _, "ec2", var region, var owner, var resource]
                when resource.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash
                    && AccountId.TryParse(owner, out var account)
                    && RegionName.TryParse(region, out var home) =>
                OfNetworkAsync(new(access.Resource, owner), new(account, home), resource[(slash + 1)..], cancel),

            // Policies of AWS are as good as every account's own.
            [_, _, "iam", _, "aws", _] => new(new ResourceRules(access.Resource, access.Caller.Account.ToString())),
            ["*"] when IsOnRegistry(access.Action) => OfRegistryAsync(access, cancel),
            [_, _, _, _, { Length: > 0 } owner, _] => new(new ResourceRules(access.Resource, owner)),
            _ => new(new ResourceRules(access.Resource, access.Caller.Account.ToString())),
        };
    }

    private async ValueTask<ResourceRules> OfRepositoryAsync(Access access, RegistryId registry, string name, CancellationToken cancel)
    {
        var rules = await repositories.FindAsync(registry, name is "*" ? null : name, cancel);
        return new(access.Resource, registry.Account.ToString())
        {
            Policies = rules.PoliciesOn(access.Action),
            FindTag = key => rules.Tags.FirstOrDefault(tag => string.Equals(tag.Key, key, StringComparison.OrdinalIgnoreCase))?.Value,
        };
    }

    // A token is for every registry, so the policy of one does not speak of it.
    private static bool IsOnRegistry(string action) =>
        action.StartsWith("ecr:", StringComparison.Ordinal) && action is not "ecr:GetAuthorizationToken";

    private async ValueTask<ResourceRules> OfRegistryAsync(Access access, CancellationToken cancel)
    {
        var registry = new RegistryId(access.Caller.Account, access.Circumstances.Region);
        return new(access.Resource, registry.Account.ToString())
        {
            Policies = (await repositories.FindAsync(registry, name: null, cancel)).PoliciesOn(access.Action),
        };
    }

    private async ValueTask<ResourceRules> OfTrustAsync(ResourceRules plain, CancellationToken cancel) =>
        await roles.FindAsync(plain.Arn, cancel) is { } role
            ? plain with { Policies = [role.Trust], Side = ResourceSide.Trust, FindTag = key => Find(role.Tags, key) }
            : plain with { Side = ResourceSide.Trust };

    // Requests name entities without their paths; policies are written with them. A path that is given is meant, as when an
    // entity is made or moved there. A provider has no path, and a name with slashes.
    private async ValueTask<ResourceRules> OfEntityAsync(ResourceRules plain, AccountScope scope, string resource, CancellationToken cancel)
    {
        var (first, last) = (resource.IndexOf('/', StringComparison.Ordinal), resource.LastIndexOf('/'));
        return first > 0
            && EntityKind.Find(resource[..first]) is { } kind
            && resource[((kind == EntityKind.OidcProvider ? first : last) + 1)..] is var name
            && await entities.FindAsync(new(scope, kind, name), cancel) is { } entity
            && (first + 1 + name.Length == resource.Length || string.Equals(entity.Arn, plain.Arn, StringComparison.Ordinal))
                ? plain with { Arn = entity.Arn, Boundary = entity.Boundary, FindTag = key => Find(entity.Tags, key) }
                : plain;
    }

    // Its keys are told apart by case only here, where conditions are not.
    private async ValueTask<ResourceRules> OfNetworkAsync(ResourceRules plain, RegistryId home, string id, CancellationToken cancel)
    {
        var tags = id is "*" ? [] : await networks.FindAsync(home, id, cancel);
        return plain with { FindTag = key => tags.Where(tag => string.Equals(tag.Key, key, StringComparison.OrdinalIgnoreCase)).Select(tag => tag.Value).FirstOrDefault() };
    }

    private static string? Find(IReadOnlyList<EntityTag> tags, string key) =>
        tags.FirstOrDefault(tag => string.Equals(tag.Key, key, StringComparison.OrdinalIgnoreCase)).Value;
}
