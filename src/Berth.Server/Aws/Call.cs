using Berth.Identity;
using Berth.Identity.Entities;
using Berth.Policy;
using Berth.Server.Gate;
using Berth.Server.Gate.Recording;
using Berth.Vocabulary;

namespace Berth.Server.Aws;

/// <summary>What an operation knows of the request besides its members.</summary>
/// <param name="Caller">Who signed it.</param>
/// <param name="Region">The Region it was signed for.</param>
/// <param name="RequestId">The id it is answered and logged under.</param>
/// <param name="Circumstances">What conditions of policies may read of it.</param>
internal sealed record Call(Caller Caller, RegionName Region, string RequestId, Circumstances Circumstances)
{
    /// <summary>What is recorded of it; null where nothing is.</summary>
    public CallRecord? Record { get; init; }

    /// <summary>When it came in.</summary>
    public DateTimeOffset Time => Circumstances.Time;

    /// <summary>The caller's account as IAM knows it.</summary>
    public AccountScope Scope => new(Caller.Account, Region.Partition);

    /// <summary>Whether a tag is one that the service which makes the call sets by itself; nobody else can.</summary>
    public bool IsOfService(string tagKey) =>
        Circumstances.Via is "cloudformation.amazonaws.com" && tagKey.StartsWith("aws:cloudformation:", StringComparison.Ordinal);

    /// <summary>Something the caller wants to do, for the <see cref="Authorizer"/>.</summary>
    /// <param name="action">The IAM action, such as <c>ecr:TagResource</c>.</param>
    /// <param name="resource">The ARN, or <c>*</c>.</param>
    /// <param name="keys">The condition keys that only this operation has.</param>
    public Access To(string action, string resource, params IReadOnlyList<KeyValuePair<string, ContextValue>> keys) =>
        new(Caller, Circumstances, action, resource) { Keys = keys };

    /// <summary>The registry of the caller's own account in the Region of the call.</summary>
    public RegistryId Registry => new(Caller.Account, Region);

    /// <summary>The registry a request names, or with none named the caller's own.</summary>
    public RegistryId RegistryOf(string? registryId) =>
        registryId is null ? Registry : new(AccountId.Parse(registryId), Region);

    /// <summary>The repository a request names; see <see cref="RegistryOf"/>.</summary>
    public RepositoryId Repository(string? registryId, string name) =>
        new(RegistryOf(registryId), RepositoryName.Parse(name));

    /// <summary>The ARN of the repository a request names, or with the name <c>*</c> that of them all.</summary>
    public string RepositoryArn(string? registryId, string name) => RegistryOf(registryId).RepositoryArn(name);
}
