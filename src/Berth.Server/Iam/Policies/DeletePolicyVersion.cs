using Berth.Identity.Entities;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;

namespace Berth.Server.Iam.Policies;

/// <summary>Deletes a version of a managed policy that is not the default.</summary>
internal sealed class DeletePolicyVersion(PolicyVersions versions) : Operation<DeletePolicyVersion.Request, DeletePolicyVersion.Response>
{
    public sealed record Request
    {
        [Length(20, 2048)]
        public required string PolicyArn { get; init; }

        [Pattern(Shapes.VersionId.Pattern)]
        public required string VersionId { get; init; }
    }

    public sealed record Response;

    public override AccessLevel Level => AccessLevel.Permissions;

    protected override string Resource(Call call, Request request) => request.PolicyArn;

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        await versions.DeleteAsync(request.PolicyArn, Shapes.VersionId.ToNumber(request.VersionId), cancel);
        return new();
    }
}
