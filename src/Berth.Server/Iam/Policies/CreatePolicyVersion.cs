using Berth.Identity.Entities;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;
using Berth.Server.Iam.Shapes;

namespace Berth.Server.Iam.Policies;

/// <summary>Adds a version to a managed policy, up to five, and has it count if that is asked for.</summary>
internal sealed class CreatePolicyVersion(PolicyVersions versions) : Operation<CreatePolicyVersion.Request, CreatePolicyVersion.Response>
{
    public sealed record Request
    {
        [Length(20, 2048)]
        public required string PolicyArn { get; init; }

        [Length(1, 131_072), Pattern(Patterns.Document)]
        public required string PolicyDocument { get; init; }

        public bool? SetAsDefault { get; init; }
    }

    public sealed record Response(VersionDetail PolicyVersion);

    public override AccessLevel Level => AccessLevel.Permissions;

    protected override string Resource(Call call, Request request) => request.PolicyArn;

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel) =>
        new(VersionDetail.InListing(
            await versions.CreateAsync(request.PolicyArn, request.PolicyDocument, request.SetAsDefault ?? false, cancel)));
}
