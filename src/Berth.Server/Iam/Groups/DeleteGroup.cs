using Berth.Identity.Entities;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;
using Berth.Server.Iam.Shapes;

namespace Berth.Server.Iam.Groups;

/// <summary>Deletes a group that has no users and policies any more.</summary>
internal sealed class DeleteGroup(IamGroups groups) : Operation<DeleteGroup.Request, DeleteGroup.Response>
{
    public sealed record Request
    {
        [Length(1, 128), Pattern(Patterns.Name)]
        public required string GroupName { get; init; }
    }

    public sealed record Response;

    public override AccessLevel Level => AccessLevel.Write;

    protected override string Resource(Call call, Request request) => call.Group(request.GroupName).Arn();

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        await groups.DeleteAsync(call.Group(request.GroupName), cancel);
        return new();
    }
}
