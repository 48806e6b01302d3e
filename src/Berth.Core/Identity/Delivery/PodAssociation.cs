using Berth.Vocabulary;

namespace Berth.Identity.Delivery;

/// <summary>That pods of a service account are handed a role, as EKS Pod Identity does.</summary>
public sealed record PodAssociation
{
    /// <summary>Such as <c>a-0123456789abcdefg</c>; never used twice.</summary>
    public required string Id { get; init; }

    /// <summary>The account and the Region it belongs to.</summary>
    public required RegistryId Home { get; init; }

    /// <summary>What its owner calls the cluster.</summary>
    public required string Cluster { get; init; }

    /// <summary>Whose pods.</summary>
    public required ServiceAccount ServiceAccount { get; init; }

    /// <summary>Which role. It is looked up by its ARN each time, and may be gone.</summary>
    public required string RoleArn { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>What policies call it.</summary>
    public string Arn => ArnOf(Home, Cluster, Id);

    /// <summary>What policies call its cluster.</summary>
    public string ClusterArn => $"{Prefix(Home)}:cluster/{Cluster}";

    /// <summary>The ARN of an association, or with <c>*</c> for the id that of all of a cluster.</summary>
    public static string ArnOf(RegistryId home, string cluster, string id) => $"{Prefix(home)}:podidentityassociation/{cluster}/{id}";

    private static string Prefix(RegistryId home) => $"arn:{home.Region.Partition}:eks:{home.Region}:{home.Account}";
}

/// <summary>What is told of an association when it is made.</summary>
/// <param name="Home">See <see cref="PodAssociation.Home"/>.</param>
/// <param name="Cluster">See <see cref="PodAssociation.Cluster"/>.</param>
/// <param name="ServiceAccount">Whose pods. The issuer must be a provider of the account.</param>
/// <param name="RoleArn">A role of the account.</param>
public sealed record NewPodAssociation(RegistryId Home, string Cluster, ServiceAccount ServiceAccount, string RoleArn);
