using Berth.Identity.Organizations;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;
using Berth.Server.Organizations.Shapes;

namespace Berth.Server.Organizations.Policies;

/// <summary>Deletes a policy that is attached nowhere.</summary>
internal sealed class DeletePolicy(OrganizationPolicies policies, Organization organization) : Operation<DeletePolicy.Request, DeletePolicy.Response>
{
    public sealed record Request
    {
        [Length(0, 130), Pattern(OrganizationPatterns.PolicyId)]
        public required string PolicyId { get; init; }
    }

    public sealed record Response;

    public override AccessLevel Level => AccessLevel.Write;

    protected override string Resource(Call call, Request request) => organization.Arn;

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        await policies.DeleteAsync(request.PolicyId, cancel);
        return new();
    }
}
