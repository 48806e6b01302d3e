using Berth.Identity.Organizations;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;
using Berth.Vocabulary;

namespace Berth.Server.Delivery.Endpoints;

/// <summary>
/// Lists page by page the names of accounts' registries in the Region of the call, for hosts files, which know no wildcards: to the account
/// that manages the organization those of all, to others their own.
/// </summary>
internal sealed class ListRegistryNames(MemberAccounts accounts, RegistryHosts hosts, Organization organization, PageTokens tokens)
    : Operation<ListRegistryNames.Request, ListRegistryNames.Response>
{
    private const int DefaultSize = 100;

    public sealed record Request
    {
        public string? NextToken { get; init; }

        [Range(1, 1000)]
        public int? MaxResults { get; init; }
    }

    /// <summary>A registry and the name it goes by in full.</summary>
    public sealed record Registry(string AccountId, string Region, string Host);

    public sealed record Response(IReadOnlyList<Registry> Registries, string? NextToken);

    public override AccessLevel Level => AccessLevel.List;

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        var own = call.Caller.Account;
        if (own != organization.Management)
        {
            return new([RegistryOf(call, own)], null);
        }

        string[] question = [Name, $"{call.Registry}"];
        var size = request.MaxResults ?? DefaultSize;
        var page = Page<MemberAccount>.Of(await accounts.ListAsync(tokens.Read(question, request.NextToken)?[0], size + 1, cancel), size);
        return new([.. page.Rows.Select(account => RegistryOf(call, account.Id))], page.HasMore ? tokens.Issue(question, page.Rows[^1].Id.ToString()) : null);
    }

    private Registry RegistryOf(Call call, AccountId account) =>
        new(account.ToString(), call.Region.ToString(), hosts.FullNameOf(new(account, call.Region)));
}
