using Berth.Identity.Organizations;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;
using Berth.Server.Organizations.Shapes;

namespace Berth.Server.Organizations.Policies;

/// <summary>Lists the policies of a type that are attached to the root or to an account.</summary>
internal sealed class ListPoliciesForTarget(OrganizationAttachments attachments, Organization organization) : Operation<ListPoliciesForTarget.Request, ListPoliciesForTarget.Response>
{
    public sealed record Request : PolicyFilter
    {
        [Length(0, 100), Pattern(OrganizationPatterns.TargetId)]
        public required string TargetId { get; init; }
    }

    public sealed record Response(IReadOnlyList<PolicySummary> Policies);

    public override AccessLevel Level => AccessLevel.List;

    protected override string Resource(Call call, Request request) => organization.Arn;

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        // At most five are attached to one target: they are one page.
        var attached = await attachments.ListAsync(request.TargetId, PolicyTypeSummary.Get(request.Filter), cancel);
        return new([.. attached.Select(policy => PolicySummary.Of(policy, organization))]);
    }
}
