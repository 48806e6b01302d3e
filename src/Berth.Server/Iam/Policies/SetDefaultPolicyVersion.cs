using Berth.Identity.Entities;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;

namespace Berth.Server.Iam.Policies;

/// <summary>Has another version of a managed policy count, for everybody who has the policy.</summary>
internal sealed class SetDefaultPolicyVersion(PolicyVersions versions) : Operation<SetDefaultPolicyVersion.Request, SetDefaultPolicyVersion.Response>
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
        await versions.SetDefaultAsync(request.PolicyArn, Shapes.VersionId.ToNumber(request.VersionId), cancel);
        return new();
    }
}
