using Berth.Identity.Organizations;
using Berth.Server.Aws;
using Berth.Server.Gate;
using Berth.Server.Organizations.Shapes;

namespace Berth.Server.Organizations.Accounts;

/// <summary>Describes the organization that all accounts belong to.</summary>
internal sealed class DescribeOrganization(MemberAccounts accounts, Organization organization) : Operation<DescribeOrganization.Request, DescribeOrganization.Response>
{
    public sealed record Request;

    public sealed record Response(Detail Organization);

    /// <summary>The organization.</summary>
    public sealed record Detail(string Id, string Arn, string FeatureSet, string MasterAccountArn, string MasterAccountId, string? MasterAccountEmail)
    {
        public required IReadOnlyList<PolicyTypeSummary> AvailablePolicyTypes { get; init; }
    }

    public override AccessLevel Level => AccessLevel.Read;

    protected override string Resource(Call call, Request request) => organization.Arn;

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        var id = organization.Management.ToString();
        var management = await accounts.GetAsync(id, cancel);
        return new(new(organization.Id, organization.Arn, "ALL", organization.ArnOf("account", id), id, management.Email)
        {
            AvailablePolicyTypes = PolicyTypeSummary.All(),
        });
    }
}
