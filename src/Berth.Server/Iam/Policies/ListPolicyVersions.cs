using System.Globalization;
using Berth.Identity.Entities;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;
using Berth.Server.Iam.Shapes;

namespace Berth.Server.Iam.Policies;

/// <summary>Lists the versions of a managed policy, the latest first.</summary>
internal sealed class ListPolicyVersions(PolicyVersions versions, PageTokens tokens) : Operation<ListPolicyVersions.Request, ListPolicyVersions.Response>
{
    public sealed record Request
    {
        [Length(20, 2048)]
        public required string PolicyArn { get; init; }

        [Length(1, 320), Pattern(Patterns.Marker)]
        public string? Marker { get; init; }

        [Range(1, 1000)]
        public int? MaxItems { get; init; }
    }

    public sealed record Response(IReadOnlyList<VersionDetail> Versions, bool IsTruncated, string? Marker);

    public override AccessLevel Level => AccessLevel.List;

    protected override string Resource(Call call, Request request) => request.PolicyArn;

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        var page = await ShortList.PageAsync(
            tokens,
            new([Name, request.PolicyArn], request.Marker, request.MaxItems),
            version => (int.MaxValue - version.Number).ToString("D10", CultureInfo.InvariantCulture),
            await versions.ListAsync(request.PolicyArn, cancel));
        return new([.. page.Rows.Select(VersionDetail.InListing)], page.IsTruncated, page.Marker);
    }
}
