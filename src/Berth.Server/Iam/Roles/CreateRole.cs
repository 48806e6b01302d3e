using Berth.Identity.Entities;
using Berth.Policy;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;
using Berth.Server.Iam.Shapes;

namespace Berth.Server.Iam.Roles;

/// <summary>Creates a role.</summary>
internal sealed class CreateRole(IamRoles roles, Authorizer authorizer) : Operation<CreateRole.Request, CreateRole.Response>
{
    public sealed record Request
    {
        [Length(1, 512), Pattern(Patterns.Path)]
        public string? Path { get; init; }

        [Length(1, 64), Pattern(Patterns.Name)]
        public required string RoleName { get; init; }

        [Length(1, 131_072), Pattern(Patterns.Document)]
        public required string AssumeRolePolicyDocument { get; init; }

        [Length(0, 1000), Pattern(Patterns.Description)]
        public string? Description { get; init; }

        [Range(3600, 43_200)]
        public int? MaxSessionDuration { get; init; }

        [Length(20, 2048)]
        public string? PermissionsBoundary { get; init; }

        [Count(0, 50)]
        public IReadOnlyList<TagEntry>? Tags { get; init; }
    }

    public sealed record Response(RoleDetail Role);

    public override AccessLevel Level => AccessLevel.Write;

    protected override string Resource(Call call, Request request) => call.Role(request.RoleName).Arn(request.Path);

    protected override IEnumerable<KeyValuePair<string, ContextValue>> Keys(Request request) =>
        BoundaryKey.Of(request.PermissionsBoundary).Concat(TagEntry.Keys(request.Tags));

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        if (TagEntry.Asked(call, request.Tags) is { Count: > 0 })
        {
            await authorizer.AuthorizeAsync(call.To("iam:TagRole", Resource(call, request), [.. Keys(request)]), cancel);
        }

        var entity = new NewEntity(call.Role(request.RoleName))
        {
            Path = request.Path,
            Description = request.Description,
            Boundary = request.PermissionsBoundary,
            Tags = TagEntry.Asked(call, request.Tags),
            ServiceTags = TagEntry.OfService(call, request.Tags),
        };
        var role = await roles.CreateAsync(
            new(entity, request.AssumeRolePolicyDocument)
            {
                LongestSession = request.MaxSessionDuration is { } seconds ? TimeSpan.FromSeconds(seconds) : NewRole.UsualSession,
            },
            cancel);
        return new(RoleDetail.Of(role) with { RoleLastUsed = null });
    }
}
