using Berth.Identity.Delivery;

namespace Berth.Server.Delivery;

/// <summary>An association as answers tell of it.</summary>
/// <param name="AssociationArn">What policies call it.</param>
/// <param name="AssociationId">Its id.</param>
/// <param name="ClusterName">What its owner calls the cluster.</param>
/// <param name="Issuer">The URL of the provider whose tokens prove the cluster's pods.</param>
/// <param name="Namespace">The namespace of the service account.</param>
/// <param name="ServiceAccount">What the pods run under.</param>
/// <param name="RoleArn">What they are handed.</param>
/// <param name="CreatedAt">When it was made.</param>
internal sealed record PodAssociationDetail(
    string AssociationArn,
    string AssociationId,
    string ClusterName,
    string Issuer,
    string Namespace,
    string ServiceAccount,
    string RoleArn,
    DateTimeOffset CreatedAt)
{
    /// <summary>All that is known of it.</summary>
    public static PodAssociationDetail Of(PodAssociation association) => new(
        association.Arn,
        association.Id,
        association.Cluster,
        association.ServiceAccount.Issuer,
        association.ServiceAccount.Namespace,
        association.ServiceAccount.Name,
        association.RoleArn,
        association.CreatedAt);
}
