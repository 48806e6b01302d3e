using Berth.Identity.Organizations;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;
using Berth.Server.Organizations.Shapes;

namespace Berth.Server.Organizations.Policies;

/// <summary>Makes a policy that limits accounts it is attached to.</summary>
internal sealed class CreatePolicy(OrganizationPolicies policies, Organization organization) : Operation<CreatePolicy.Request, CreatePolicy.Response>
{
    public sealed record Request
    {
        [Length(1), Pattern(OrganizationPatterns.Text)]
        public required string Content { get; init; }

        [Length(0, 512), Pattern(OrganizationPatterns.Text)]
        public required string Description { get; init; }

        [Length(1, 128), Pattern(OrganizationPatterns.Text)]
        public required string Name { get; init; }

        [Values(
            "SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY", "TAG_POLICY", "BACKUP_POLICY", "AISERVICES_OPT_OUT_POLICY", "CHATBOT_POLICY",
            "DECLARATIVE_POLICY_EC2", "SECURITYHUB_POLICY", "INSPECTOR_POLICY", "UPGRADE_ROLLOUT_POLICY", "BEDROCK_POLICY", "S3_POLICY",
            "NETWORK_SECURITY_DIRECTOR_POLICY")]
        public required string Type { get; init; }

        public IReadOnlyList<OrganizationTag>? Tags { get; init; }
    }

    public sealed record Response(PolicyDetail Policy);

    public override AccessLevel Level => AccessLevel.Write;

    protected override string Resource(Call call, Request request) => organization.Arn;

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        OrganizationTag.RefuseAny(request.Tags);
        var asked = new OrganizationPolicy("", PolicyTypeSummary.Get(request.Type), request.Name, request.Description, request.Content);
        return new(PolicyDetail.Of(await policies.CreateAsync(asked, cancel), organization));
    }
}
