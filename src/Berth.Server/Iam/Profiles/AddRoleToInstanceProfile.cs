using Berth.Identity.Entities;
using Berth.Policy;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;
using Berth.Server.Iam.Shapes;

namespace Berth.Server.Iam.Profiles;

/// <summary>Gives an instance profile its role. Who may not hand out the role may not do this either.</summary>
internal sealed class AddRoleToInstanceProfile(InstanceProfiles profiles, Authorizer authorizer) : Operation<AddRoleToInstanceProfile.Request, AddRoleToInstanceProfile.Response>
{
    private static readonly KeyValuePair<string, ContextValue> PassedToMachines =
        KeyValuePair.Create("iam:PassedToService", ContextValue.One("ec2.amazonaws.com"));

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
        var role = call.Role(request.RoleName);
        await authorizer.AuthorizeAsync(call.To("iam:PassRole", role.Arn(), PassedToMachines), cancel);
        await profiles.AddRoleAsync(call.InstanceProfile(request.InstanceProfileName), role, cancel);
        return new();
    }
}
