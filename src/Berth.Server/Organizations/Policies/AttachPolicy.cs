using Berth.Identity.Organizations;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;
using Berth.Server.Organizations.Shapes;

namespace Berth.Server.Organizations.Policies;

/// <summary>Binds an account, or with the root all of them, to a policy.</summary>
internal sealed class AttachPolicy(OrganizationAttachments attachments, Organization organization) : Operation<AttachPolicy.Request, AttachPolicy.Response>
{
    public sealed record Request
    {
        [Length(0, 130), Pattern(OrganizationPatterns.PolicyId)]
        public required string PolicyId { get; init; }

        [Length(0, 100), Pattern(OrganizationPatterns.TargetId)]
        public required string TargetId { get; init; }
    }

    public sealed record Response;

    public override AccessLevel Level => AccessLevel.Write;

    protected override string Resource(Call call, Request request) => organization.Arn;

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        await attachments.AttachAsync(request.PolicyId, request.TargetId, cancel);
        return new();
    }
}
