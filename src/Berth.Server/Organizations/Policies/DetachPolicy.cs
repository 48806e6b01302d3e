using Berth.Identity.Organizations;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;
using Berth.Server.Organizations.Shapes;

namespace Berth.Server.Organizations.Policies;

/// <summary>Frees an account, or with the root all of them, from a policy.</summary>
internal sealed class DetachPolicy(OrganizationAttachments attachments, Organization organization) : Operation<DetachPolicy.Request, DetachPolicy.Response>
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
        await attachments.DetachAsync(request.PolicyId, request.TargetId, cancel);
        return new();
    }
}
