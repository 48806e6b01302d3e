using Berth.Identity.Entities;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;
using Berth.Server.Iam.Shapes;

namespace Berth.Server.Iam.Users;

/// <summary>Deletes a user who has no keys, groups and policies any more.</summary>
internal sealed class DeleteUser(IamUsers users) : Operation<DeleteUser.Request, DeleteUser.Response>
{
    public sealed record Request
    {
        [Length(1, 128), Pattern(Patterns.Name)]
        public required string UserName { get; init; }
    }

    public sealed record Response;

    public override AccessLevel Level => AccessLevel.Write;

    protected override string Resource(Call call, Request request) => call.User(request.UserName).Arn();

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        await users.DeleteAsync(call.User(request.UserName), cancel);
        return new();
    }
}
