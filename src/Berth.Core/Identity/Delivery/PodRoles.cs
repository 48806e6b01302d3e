using Berth.Identity.Entities;
using Berth.Identity.Sessions;
using Berth.Vocabulary;

namespace Berth.Identity.Delivery;

/// <summary>Hands pods the roles of their associations. Each session is a new one, and tells by its tags whose it is.</summary>
public sealed class PodRoles(RoleAccess roles, SessionTokens tokens, Ids ids, TimeProvider time)
{
    /// <summary>The service that roles must trust, that they are passed to, and that pods' tokens are for.</summary>
    public const string Service = "pods.eks.amazonaws.com";

    // STS's bound for the name of a session. A UUID with a dash before it takes the end of that.
    private const int LongestName = 64;
    private const int LongestUuid = 37;

    /// <summary>A session of the association's role; null when the role is gone, or does not trust EKS to assume it with tags.</summary>
    public async Task<TemporaryKey?> IssueAsync(PodAssociation association, Pod pod, CancellationToken cancel)
    {
        var (now, tags) = (time.GetUtcNow(), TagsOf(association, pod));
        var trust = new ServiceTrust(Service, association.ClusterArn, association.Home.Account.ToString(), now) { Tags = tags };
        if (await roles.FindAsync(association.RoleArn, cancel) is not { } rules
            || !trust.Allows(rules, "sts:AssumeRole")
            || !trust.Allows(rules, "sts:TagSession"))
        {
            return null;
        }

        return tokens.Issue(DeliveredRole.Session(rules.Role, NameOf(association, pod)), new()
        {
            OwnerId = rules.Role.Id,
            RegistrationId = association.Id,
            IssuedAt = now,
            ExpiresAt = now + DeliveredRole.Lifetime,
            Tags = tags.All,
            TransitiveTagKeys = tags.TransitiveKeys,
        });
    }

    // Whatever is cut off, the rest is a session of this pod alone.
    private string NameOf(PodAssociation association, Pod pod)
    {
        var readable = $"eks-{association.Cluster}-{pod.Name}";
        return $"{readable[..Math.Min(readable.Length, LongestName - LongestUuid)]}-{ids.NewGuid():D}";
    }

    private static SessionTags TagsOf(PodAssociation association, Pod pod)
    {
        EntityTag[] tags =
        [
            new("eks-cluster-arn", association.ClusterArn),
            new("eks-cluster-name", association.Cluster),
            new("kubernetes-namespace", pod.ServiceAccount.Namespace),
            new("kubernetes-service-account", pod.ServiceAccount.Name),
            new("kubernetes-pod-name", pod.Name),
            new("kubernetes-pod-uid", pod.Uid),
        ];
        return SessionTags.Of(tags, [.. tags.Select(tag => tag.Key)], from: null);
    }
}
