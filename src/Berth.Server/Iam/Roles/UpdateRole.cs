using Berth.Identity.Entities;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;
using Berth.Server.Iam.Shapes;

namespace Berth.Server.Iam.Roles;

/// <summary>Changes a role's description and how long its sessions may last; what is not given stays.</summary>
internal sealed class UpdateRole(IamRoles roles) : Operation<UpdateRole.Request, UpdateRole.Response>
{
    public sealed record Request
    {
        [Length(1, 64), Pattern(Patterns.Name)]
        public required string RoleName { get; init; }

        [Length(0, 1000), Pattern(Patterns.Description)]
        public string? Description { get; init; }

        [Range(3600, 43_200)]
        public int? MaxSessionDuration { get; init; }
    }

    public sealed record Response;

    public override AccessLevel Level => AccessLevel.Write;

    protected override string Resource(Call call, Request request) => call.Role(request.RoleName).Arn();

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        TimeSpan? longest = request.MaxSessionDuration is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
        await roles.UpdateAsync(call.Role(request.RoleName), new(request.Description, longest), cancel);
        return new();
    }
}
