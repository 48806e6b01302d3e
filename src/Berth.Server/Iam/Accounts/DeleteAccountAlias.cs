using Berth.Identity.Entities;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;
using Berth.Server.Iam.Shapes;

namespace Berth.Server.Iam.Accounts;

/// <summary>Takes the alias from an account.</summary>
internal sealed class DeleteAccountAlias(AccountAliases aliases) : Operation<DeleteAccountAlias.Request, DeleteAccountAlias.Response>
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
        await aliases.DeleteAsync(call.Scope.Account, request.AccountAlias, cancel);
        return new();
    }
}
