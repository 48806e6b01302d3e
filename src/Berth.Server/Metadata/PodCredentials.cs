using Berth.Identity.Delivery;
using Berth.Server.Gate;
using Berth.Server.Gate.WebIdentity;
using Berth.Vocabulary;

namespace Berth.Server.Metadata;

/// <summary>
/// Credentials as the agent of EKS Pod Identity gives them: for a token of the pod's service account in the <c>Authorization</c> header.
/// Which account and Region is meant, the name says by which the server was reached. Only a token that is proved leads to associations.
/// </summary>
internal sealed class PodCredentials(
    WebIdentities identities, PodAssociations associations, PodRoles roles, RegistryHosts hosts, TimeProvider time)
{
    /// <summary>The pod's credentials, or why there are none.</summary>
    public async Task<MetadataAnswer> AnswerAsync(HttpRequest http, CancellationToken cancel)
    {
        if (!HttpMethods.IsGet(http.Method))
        {
            return MetadataAnswer.NotGet();
        }

        try
        {
            var home = hosts.Resolve(http.Host.Value ?? "");
            var token = Read(http.Headers.Authorization.ToString());
            var pod = PodClaims.Of(await identities.ProveAsync(home.Account, token, time.GetUtcNow(), cancel));
            var account = pod.ServiceAccount;
            var association = await associations.FindAsync(home, account, cancel)
                ?? throw new EntityNotFound("pod identity association", $"{account.Namespace}/{account.Name}").AsException();
            var key = await roles.IssueAsync(association, pod, cancel) ?? throw Refused();
            return MetadataAnswer.OfJson(MetadataDocuments.PodCredentials(key));
        }
        catch (FaultException refused) when (PodErrors.Find(refused.Fault) is { } error)
        {
            return error;
        }
    }

    // In the agent's words.
    private static IdentityToken Read(string text) => IdentityToken.TryRead(text, out var token)
        ? token
        : throw new IdentityTokenInvalid(
            text.Length == 0 ? "Service account token cannot be empty" : "Service account token cannot be parsed: it is no JSON Web Token").AsException();

    // In EKS's words.
    private static FaultException Refused() =>
        new SessionRefused("Unauthorized Exception! EKS does not have permissions to assume the associated role.").AsException();
}
