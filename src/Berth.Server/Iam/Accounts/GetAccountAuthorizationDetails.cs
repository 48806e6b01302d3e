using Berth.Identity.Entities;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;
using Berth.Server.Iam.Shapes;

namespace Berth.Server.Iam.Accounts;

/// <summary>Shows who is in an account and what they may do, page by page.</summary>
internal sealed class GetAccountAuthorizationDetails(AuthorizationDetails details, PageTokens tokens)
    : Operation<GetAccountAuthorizationDetails.Request, GetAccountAuthorizationDetails.Response>
{
    // Documents are long: a page holds no more of them, whatever is asked for (IAM API Reference: "IAM might return fewer").
    private const int MostOnPage = 100;

    public sealed record Request
    {
        [Values("User", "Role", "Group", "LocalManagedPolicy", "AWSManagedPolicy")]
        public IReadOnlyList<string>? Filter { get; init; }

        [Length(1, 320), Pattern(Patterns.Marker)]
        public string? Marker { get; init; }

        [Range(1, 1000)]
        public int? MaxItems { get; init; }
    }

    public sealed record Response
    {
        public required IReadOnlyList<AuthorizedUser> UserDetailList { get; init; }

        public required IReadOnlyList<AuthorizedGroup> GroupDetailList { get; init; }

        public required IReadOnlyList<AuthorizedRole> RoleDetailList { get; init; }

        public required IReadOnlyList<AuthorizingPolicy> Policies { get; init; }

        public required bool IsTruncated { get; init; }

        public string? Marker { get; init; }
    }

    public override AccessLevel Level => AccessLevel.Read;

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        AuthorizationKind[] kinds = request.Filter is { Count: > 0 } filter ? [.. filter.Select(KindOf).Distinct().Order()] : Enum.GetValues<AuthorizationKind>();
        string[] question = [Name, call.Scope.Account.ToString(), string.Join(' ', kinds)];
        var page = await details.ReadAsync(
            call.Scope, kinds, tokens.Read(question, request.Marker)?[0], Math.Min(request.MaxItems ?? MostOnPage, MostOnPage), cancel);
        return new()
        {
            UserDetailList = [.. page.Users.Select(AuthorizedUser.Of)],
            GroupDetailList = [.. page.Groups.Select(AuthorizedGroup.Of)],
            RoleDetailList = [.. page.Roles.Select(AuthorizedRole.Of)],
            Policies = [.. page.Policies.Select(AuthorizingPolicy.Of)],
            IsTruncated = page.Next is not null,
            Marker = page.Next is { } next ? tokens.Issue(question, next) : null,
        };
    }

    private static AuthorizationKind KindOf(string name) => name switch
    {
        "User" => AuthorizationKind.User,
        "Group" => AuthorizationKind.Group,
        "Role" => AuthorizationKind.Role,
        "LocalManagedPolicy" => AuthorizationKind.LocalPolicy,
        _ => AuthorizationKind.AwsPolicy,
    };
}
