using Berth.Identity.Entities;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;
using Berth.Server.Iam.Shapes;

namespace Berth.Server.Iam.Accounts;

/// <summary>Gives an account an alias, instead of the one it had.</summary>
internal sealed class CreateAccountAlias(AccountAliases aliases) : Operation<CreateAccountAlias.Request, CreateAccountAlias.Response>
{
    public sealed record Request
    {
        [Length(3, 63), Pattern(Patterns.AccountAlias)]
        public required string AccountAlias { get; init; }
    }

    public sealed record Response;

    public override AccessLevel Level => AccessLevel.Write;

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        await aliases.SetAsync(call.Scope.Account, request.AccountAlias, cancel);
        return new();
    }
}
