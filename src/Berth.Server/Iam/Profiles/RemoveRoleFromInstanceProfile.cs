using Berth.Identity.Entities;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;
using Berth.Server.Iam.Shapes;

namespace Berth.Server.Iam.Profiles;

/// <summary>Takes the role from an instance profile.</summary>
internal sealed class RemoveRoleFromInstanceProfile(InstanceProfiles profiles) : Operation<RemoveRoleFromInstanceProfile.Request, RemoveRoleFromInstanceProfile.Response>
{
    public sealed record Request
    {
        [Length(1, 128), Pattern(Patterns.Name)]
        public required string InstanceProfileName { get; init; }

        [Length(1, 64), Pattern(Patterns.Name)]
        public required string RoleName { get; init; }
    }

    public sealed record Response;

    public override AccessLevel Level => AccessLevel.Write;

    protected override string Resource(Call call, Request request) => call.InstanceProfile(request.InstanceProfileName).Arn();

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        await profiles.RemoveRoleAsync(call.InstanceProfile(request.InstanceProfileName), call.Role(request.RoleName), cancel);
        return new();
    }
}
