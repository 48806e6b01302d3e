using Berth.Identity.Entities;
using Berth.Identity.Organizations;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;
using Berth.Server.Iam.Shapes;

namespace Berth.Server.Iam.Users;

/// <summary>Describes a user, by default the caller. A root that asks for itself is told its id, its ARN and since when it is there.</summary>
internal sealed class GetUser(IamUsers users, MemberAccounts accounts) : Operation<GetUser.Request, GetUser.Response>
{
    public sealed record Request
    {
        [Length(1, 128), Pattern(Patterns.Name)]
        public string? UserName { get; init; }
    }

    public sealed record Response(UserDetail User);

    public override AccessLevel Level => AccessLevel.Read;

    protected override string Resource(Call call, Request request) => call.UserOrCaller(request.UserName).Arn;

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        if (await users.FindAsync(call.UserOrCaller(request.UserName), cancel) is { } user)
        {
            return new(UserDetail.Of(user));
        }

        var account = await accounts.GetAsync(call.Caller.Account.ToString(), cancel);
        return new(UserDetail.OfRoot(call.Caller.Principal, account.CreatedAt));
    }
}
