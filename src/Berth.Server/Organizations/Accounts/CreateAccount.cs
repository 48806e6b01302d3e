using Berth.Identity.Organizations;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;
using Berth.Server.Organizations.Shapes;

namespace Berth.Server.Organizations.Accounts;

/// <summary>
/// Makes an account with a role through which the management account gets in. It is there when the answer is. Its root has no key;
/// the role may make users that have.
/// </summary>
internal sealed class CreateAccount(AccountCreations creations, Organization organization) : Operation<CreateAccount.Request, CreateAccount.Response>
{
    public sealed record Request
    {
        [Length(6, 64), Pattern(@"[^\s@]+@[^\s@]+\.[^\s@]+")]
        public required string Email { get; init; }

        [Length(1, 50), Pattern(@"[\u0020-\u007E]+")]
        public required string AccountName { get; init; }

        [Length(0, 64), Pattern(@"[\w+=,.@-]{1,64}")]
        public string? RoleName { get; init; }

        // Either is kept to: there are no bills here that users could be shown or denied.
        [Values("ALLOW", "DENY")]
        public string? IamUserAccessToBilling { get; init; }

        public IReadOnlyList<OrganizationTag>? Tags { get; init; }
    }

    public sealed record Response(CreationStatus CreateAccountStatus);

    public override AccessLevel Level => AccessLevel.Write;

    protected override string Resource(Call call, Request request) => organization.Arn;

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        OrganizationTag.RefuseAny(request.Tags);
        var wanted = new WantedAccount(new(request.AccountName, request.Email), request.RoleName ?? ManagementRoles.UsualName);
        return new(CreationStatus.Of(await creations.CreateAsync(wanted, cancel)));
    }
}
