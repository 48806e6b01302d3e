using Berth.Identity.Organizations;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;
using Berth.Server.Organizations.Shapes;

namespace Berth.Server.Organizations.Policies;

/// <summary>Describes a policy with its text.</summary>
internal sealed class DescribePolicy(OrganizationPolicies policies, Organization organization) : Operation<DescribePolicy.Request, DescribePolicy.Response>
{
    public sealed record Request
    {
        [Length(0, 130), Pattern(OrganizationPatterns.PolicyId)]
        public required string PolicyId { get; init; }
    }

    public sealed record Response(PolicyDetail Policy);

    public override AccessLevel Level => AccessLevel.Read;

    protected override string Resource(Call call, Request request) => organization.Arn;

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel) =>
        new(PolicyDetail.Of(await policies.GetAsync(request.PolicyId, cancel), organization));
}
