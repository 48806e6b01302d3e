using Berth.Identity.Organizations;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;
using Berth.Server.Organizations.Shapes;

namespace Berth.Server.Organizations.Accounts;

/// <summary>Lists the one root that all accounts lie under.</summary>
internal sealed class ListRoots(Organization organization) : Operation<ListRoots.Request, ListRoots.Response>
{
    public sealed record Request
    {
        [Length(0, 100_000), Pattern(OrganizationPatterns.Text)]
        public string? NextToken { get; init; }

        [Range(1, 20)]
        public int? MaxResults { get; init; }
    }

    public sealed record Response(IReadOnlyList<Root> Roots);

    /// <summary>What all accounts lie under.</summary>
    public sealed record Root(string Id, string Arn, string Name, IReadOnlyList<PolicyTypeSummary> PolicyTypes);

    public override AccessLevel Level => AccessLevel.List;

    protected override string Resource(Call call, Request request) => organization.Arn;

    protected override Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel) =>
        Task.FromResult(new Response([new(organization.RootId, organization.ArnOf("root", organization.RootId), "Root", PolicyTypeSummary.All())]));
}
