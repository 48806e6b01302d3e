using Berth.Identity.Entities;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;
using Berth.Server.Iam.Shapes;

namespace Berth.Server.Iam.Policies;

/// <summary>Shows what a version of a managed policy says.</summary>
internal sealed class GetPolicyVersion(PolicyVersions versions) : Operation<GetPolicyVersion.Request, GetPolicyVersion.Response>
{
    public sealed record Request
    {
        [Length(20, 2048)]
        public required string PolicyArn { get; init; }

        [Pattern(Shapes.VersionId.Pattern)]
        public required string VersionId { get; init; }
    }

    public sealed record Response(VersionDetail PolicyVersion);

    public override AccessLevel Level => AccessLevel.Read;

    protected override string Resource(Call call, Request request) => request.PolicyArn;

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel) =>
        new(VersionDetail.Of(await versions.GetAsync(request.PolicyArn, Shapes.VersionId.ToNumber(request.VersionId), cancel)));
}
