namespace Berth.Identity.Delivery;

/// <summary>The service account that pods run under.</summary>
/// <param name="Issuer">How the cluster's tokens name their issuer: by that clusters are told apart.</param>
/// <param name="Namespace">Its namespace in the cluster.</param>
/// <param name="Name">Its name there.</param>
public sealed record ServiceAccount(string Issuer, string Namespace, string Name)
{
    /// <summary>Who that is to the cluster, which says so as the subject of its tokens.</summary>
    public string Subject => $"system:serviceaccount:{Namespace}:{Name}";
}

/// <summary>A pod whose cluster has vouched for it.</summary>
/// <param name="ServiceAccount">What it runs under: this decides which role it is handed.</param>
/// <param name="Name">Its name in the namespace.</param>
/// <param name="Uid">What tells it from earlier pods of that name.</param>
public sealed record Pod(ServiceAccount ServiceAccount, string Name, string Uid);
