using Berth.Identity.Delivery;
using Berth.Policy;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;

namespace Berth.Server.Delivery;

/// <summary>
/// Hands a role to the pods of a service account. The cluster's issuer must be an OpenID Connect provider of the caller's account, with
/// the client ID <c>pods.eks.amazonaws.com</c>. The caller must be allowed to pass the role to EKS.
/// </summary>
internal sealed class CreatePodIdentityAssociation(PodAssociations associations, Authorizer authorizer)
    : Operation<CreatePodIdentityAssociation.Request, CreatePodIdentityAssociation.Response>
{
    private static readonly KeyValuePair<string, ContextValue> PassedToPods =
        KeyValuePair.Create("iam:PassedToService", ContextValue.One(PodRoles.Service));

    public sealed record Request
    {
        [Length(1, 100), Pattern(Patterns.ClusterName)]
        public required string ClusterName { get; init; }

        [Length(1, 255)]
        public required string Issuer { get; init; }

        [Length(1, 63), Pattern(Patterns.KubernetesLabel)]
        public required string Namespace { get; init; }

        [Length(1, 253), Pattern(Patterns.KubernetesName)]
        public required string ServiceAccount { get; init; }

        [Length(20, 2048), Pattern(Patterns.RoleArn)]
        public required string RoleArn { get; init; }
    }

    public sealed record Response(PodAssociationDetail Association);

    public override AccessLevel Level => AccessLevel.Write;

    protected override string Resource(Call call, Request request) => PodAssociation.ArnOf(call.Registry, request.ClusterName, "*");

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        await authorizer.AuthorizeAsync(call.To("iam:PassRole", request.RoleArn, PassedToPods), cancel);
        var account = new ServiceAccount(request.Issuer, request.Namespace, request.ServiceAccount);
        var made = await associations.CreateAsync(new(call.Registry, request.ClusterName, account, request.RoleArn), cancel);
        return new(PodAssociationDetail.Of(made));
    }
}
