using Berth.Identity.Entities;
using Berth.Policy;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;
using Berth.Server.Iam.Shapes;

namespace Berth.Server.Iam.Boundaries;

/// <summary>Bounds what a user may do at most, whatever its policies allow.</summary>
internal sealed class PutUserPermissionsBoundary(PermissionsBoundaries boundaries) : Operation<PutUserPermissionsBoundary.Request, PutUserPermissionsBoundary.Response>
{
    public sealed record Request
    {
        [Length(1, 64), Pattern(Patterns.Name)]
        public required string UserName { get; init; }

        [Length(20, 2048)]
        public required string PermissionsBoundary { get; init; }
    }

    public sealed record Response;

    public override AccessLevel Level => AccessLevel.Permissions;

    protected override string Resource(Call call, Request request) => call.User(request.UserName).Arn();

    protected override IEnumerable<KeyValuePair<string, ContextValue>> Keys(Request request) => BoundaryKey.Of(request.PermissionsBoundary);

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        await boundaries.PutAsync(call.User(request.UserName), request.PermissionsBoundary, cancel);
        return new();
    }
}
