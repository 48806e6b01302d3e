using Berth.Identity.Entities;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;
using Berth.Server.Iam.Shapes;

namespace Berth.Server.Iam.Profiles;

/// <summary>Shows an instance profile and its role.</summary>
internal sealed class GetInstanceProfile(InstanceProfiles profiles) : Operation<GetInstanceProfile.Request, GetInstanceProfile.Response>
{
    public sealed record Request
    {
        [Length(1, 128), Pattern(Patterns.Name)]
        public required string InstanceProfileName { get; init; }
    }

    public sealed record Response(ProfileDetail InstanceProfile);

    public override AccessLevel Level => AccessLevel.Read;

    protected override string Resource(Call call, Request request) => call.InstanceProfile(request.InstanceProfileName).Arn();

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel) =>
        new(ProfileDetail.Of(await profiles.GetAsync(call.InstanceProfile(request.InstanceProfileName), cancel)));
}
