using Berth.Identity.Organizations;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;
using Berth.Server.Organizations.Shapes;

namespace Berth.Server.Organizations.Policies;

/// <summary>Lists what a policy is attached to.</summary>
internal sealed class ListTargetsForPolicy(
    OrganizationAttachments attachments, Organization organization, MemberAccounts accounts, PageTokens tokens)
    : Operation<ListTargetsForPolicy.Request, ListTargetsForPolicy.Response>
{
    public sealed record Request
    {
        [Length(0, 130), Pattern(OrganizationPatterns.PolicyId)]
        public required string PolicyId { get; init; }

        [Length(0, 100_000), Pattern(OrganizationPatterns.Text)]
        public string? NextToken { get; init; }

        [Range(1, 20)]
        public int? MaxResults { get; init; }
    }

    public sealed record Response(IReadOnlyList<Target> Targets, string? NextToken);

    /// <summary>What a policy is attached to.</summary>
    public sealed record Target(string TargetId, string Arn, string Name, string Type);

    public override AccessLevel Level => AccessLevel.List;

    protected override string Resource(Call call, Request request) => organization.Arn;

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        var page = await Pages.ReadAsync(
            tokens,
            new([Name, request.PolicyId], request.NextToken, request.MaxResults),
            (after, limit) => attachments.ListTargetsAsync(request.PolicyId, after, limit, cancel),
            target => target);
        var targets = new List<Target>(page.Rows.Count);
        foreach (var id in page.Rows)
        {
            targets.Add(await DescribeAsync(id, cancel));
        }

        return new(targets, page.NextToken);
    }

    private async Task<Target> DescribeAsync(string id, CancellationToken cancel) =>
        string.Equals(id, organization.RootId, StringComparison.Ordinal)
            ? new(id, organization.ArnOf("root", id), "Root", "ROOT")
            : new(id, organization.ArnOf("account", id), (await accounts.GetAsync(id, cancel)).Name, "ACCOUNT");
}
