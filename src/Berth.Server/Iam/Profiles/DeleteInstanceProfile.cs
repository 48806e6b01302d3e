using Berth.Identity.Entities;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;
using Berth.Server.Iam.Shapes;

namespace Berth.Server.Iam.Profiles;

/// <summary>Deletes an instance profile that has no role.</summary>
internal sealed class DeleteInstanceProfile(InstanceProfiles profiles) : Operation<DeleteInstanceProfile.Request, DeleteInstanceProfile.Response>
{
    public sealed record Request
    {
        [Length(1, 128), Pattern(Patterns.Name)]
        public required string InstanceProfileName { get; init; }
    }

    public sealed record Response;

    public override AccessLevel Level => AccessLevel.Write;

    protected override string Resource(Call call, Request request) => call.InstanceProfile(request.InstanceProfileName).Arn();

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        await profiles.DeleteAsync(call.InstanceProfile(request.InstanceProfileName), cancel);
        return new();
    }
}
