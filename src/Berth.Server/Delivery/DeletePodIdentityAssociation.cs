using Berth.Identity.Delivery;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;

namespace Berth.Server.Delivery;

/// <summary>Hands a role to pods no more, and ends at once the sessions that they were handed.</summary>
internal sealed class DeletePodIdentityAssociation(PodAssociations associations)
    : Operation<DeletePodIdentityAssociation.Request, DeletePodIdentityAssociation.Response>
{
    public sealed record Request
    {
        [Length(1, 100), Pattern(Patterns.ClusterName)]
        public required string ClusterName { get; init; }

        [Pattern(Patterns.AssociationId)]
        public required string AssociationId { get; init; }
    }

    public sealed record Response;

    public override AccessLevel Level => AccessLevel.Write;

    protected override string Resource(Call call, Request request) =>
        PodAssociation.ArnOf(call.Registry, request.ClusterName, request.AssociationId);

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        await associations.DeleteAsync(call.Registry, request.ClusterName, request.AssociationId, cancel);
        return new();
    }
}
