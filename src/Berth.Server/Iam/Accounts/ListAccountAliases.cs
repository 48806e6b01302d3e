using Berth.Identity.Entities;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;
using Berth.Server.Iam.Shapes;

namespace Berth.Server.Iam.Accounts;

/// <summary>Lists the one alias of an account, if it has one.</summary>
internal sealed class ListAccountAliases(AccountAliases aliases, PageTokens tokens) : Operation<ListAccountAliases.Request, ListAccountAliases.Response>
{
    public sealed record Request
    {
        [Length(1, 320), Pattern(Patterns.Marker)]
        public string? Marker { get; init; }

        [Range(1, 1000)]
        public int? MaxItems { get; init; }
    }

    public sealed record Response(IReadOnlyList<string> AccountAliases, bool IsTruncated, string? Marker);

    public override AccessLevel Level => AccessLevel.List;

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        IReadOnlyList<string> all = await aliases.FindAsync(call.Scope.Account, cancel) is { } alias ? [alias] : [];
        var page = await ShortList.PageAsync(tokens, new([Name, call.Scope.Account.ToString()], request.Marker, request.MaxItems), name => name, all);
        return new(page.Rows, page.IsTruncated, page.Marker);
    }
}
