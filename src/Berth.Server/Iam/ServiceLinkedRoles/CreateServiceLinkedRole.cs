using Berth.Identity.Entities;
using Berth.Policy;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;
using Berth.Server.Iam.Shapes;
using Berth.Vocabulary;

namespace Berth.Server.Iam.ServiceLinkedRoles;

/// <summary>Creates the role that ECR has for replication, for its pull through cache or for its creation templates.</summary>
internal sealed class CreateServiceLinkedRole(ServiceRoles roles)
    : Operation<CreateServiceLinkedRole.Request, CreateServiceLinkedRole.Response>
{
    public sealed record Request
    {
        [Length(1, 128), Pattern(Patterns.Name)]
        public required string AWSServiceName { get; init; }

        [Length(0, 1000), Pattern(Patterns.Description)]
        public string? Description { get; init; }

        [Length(1, 64), Pattern(Patterns.Name)]
        public string? CustomSuffix { get; init; }
    }

    public sealed record Response(RoleDetail Role);

    public override AccessLevel Level => AccessLevel.Write;

    protected override string Resource(Call call, Request request) => ServiceRole.Find(request.AWSServiceName) is { } role
        ? call.Role(role.Name).Arn(role.Path)
        : call.Role("*").Arn($"/aws-service-role/{request.AWSServiceName}/");

    protected override IEnumerable<KeyValuePair<string, ContextValue>> Keys(Request request) =>
        [KeyValuePair.Create("iam:AWSServiceName", ContextValue.One(request.AWSServiceName))];

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        if (request.CustomSuffix is not null)
        {
            throw new IdentityInputInvalid($"Custom suffix is not allowed for {request.AWSServiceName}").AsException();
        }

        var role = await roles.CreateAsync(call.Scope, request.AWSServiceName, request.Description, cancel);
        return new(RoleDetail.Of(role) with { RoleLastUsed = null });
    }
}
