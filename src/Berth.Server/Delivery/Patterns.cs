namespace Berth.Server.Delivery;

/// <summary>The patterns of members that several operations have.</summary>
internal static class Patterns
{
    /// <summary>As EC2 makes instance ids.</summary>
    public const string InstanceId = "i-[0-9a-f]{17}";

    /// <summary>As EKS makes ids of associations.</summary>
    public const string AssociationId = "a-[a-z0-9]{17}";

    /// <summary>What EKS takes for the name of a cluster.</summary>
    public const string ClusterName = "[0-9A-Za-z][A-Za-z0-9_-]*";

    /// <summary>What Kubernetes takes for a namespace.</summary>
    public const string KubernetesLabel = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";

    /// <summary>What Kubernetes takes for a service account.</summary>
    public const string KubernetesName = "[a-z0-9]([-.a-z0-9]*[a-z0-9])?";

    /// <summary>The ARN of a role, with its path.</summary>
    public const string RoleArn = @"arn:aws[a-z-]*:iam::[0-9]{12}:role/[\w+=,.@/-]+";

    /// <summary>An account.</summary>
    public const string RegistryId = "[0-9]{12}";

    /// <summary>A repository's name.</summary>
    public const string RepositoryName = Vocabulary.RepositoryName.Pattern;
}
