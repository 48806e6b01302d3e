using Berth.Identity.Entities;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;
using Berth.Server.Iam.Shapes;

namespace Berth.Server.Iam.Groups;

/// <summary>Has a user belong to a group.</summary>
internal sealed class AddUserToGroup(IamGroups groups) : Operation<AddUserToGroup.Request, AddUserToGroup.Response>
{
    public sealed record Request
    {
        [Length(1, 128), Pattern(Patterns.Name)]
        public required string GroupName { get; init; }

        [Length(1, 128), Pattern(Patterns.Name)]
        public required string UserName { get; init; }
    }

    public sealed record Response;

    public override AccessLevel Level => AccessLevel.Write;

    protected override string Resource(Call call, Request request) => call.Group(request.GroupName).Arn();

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        await groups.AddAsync(call.Group(request.GroupName), call.User(request.UserName), cancel);
        return new();
    }
}
