using Berth.Identity.Organizations;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;
using Berth.Server.Organizations.Shapes;

namespace Berth.Server.Organizations.Policies;

/// <summary>Changes a policy, for all it is attached to at once.</summary>
internal sealed class UpdatePolicy(OrganizationPolicies policies, Organization organization) : Operation<UpdatePolicy.Request, UpdatePolicy.Response>
{
    public sealed record Request
    {
        [Length(0, 130), Pattern(OrganizationPatterns.PolicyId)]
        public required string PolicyId { get; init; }

        [Length(1, 128), Pattern(OrganizationPatterns.Text)]
        public string? Name { get; init; }

        [Length(0, 512), Pattern(OrganizationPatterns.Text)]
        public string? Description { get; init; }

        [Length(1), Pattern(OrganizationPatterns.Text)]
        public string? Content { get; init; }
    }

    public sealed record Response(PolicyDetail Policy);

    public override AccessLevel Level => AccessLevel.Write;

    protected override string Resource(Call call, Request request) => organization.Arn;

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        var changed = await policies.UpdateAsync(
            request.PolicyId,
            policy => policy with
            {
                Name = request.Name ?? policy.Name,
                Description = request.Description ?? policy.Description,
                Document = request.Content ?? policy.Document,
            },
            cancel);
        return new(PolicyDetail.Of(changed, organization));
    }
}
