using Berth.Identity.Entities;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;
using Berth.Server.Iam.Shapes;

namespace Berth.Server.Iam.Policies;

/// <summary>Lists managed policies, an account's own and those of AWS, page by page.</summary>
internal sealed class ListPolicies(ManagedPolicies policies, PageTokens tokens) : Operation<ListPolicies.Request, ListPolicies.Response>
{
    public sealed record Request
    {
        [Values("All", "AWS", "Local")]
        public string? Scope { get; init; }

        public bool? OnlyAttached { get; init; }

        [Length(1, 512), Pattern(Patterns.PolicyPath)]
        public string? PathPrefix { get; init; }

        [Values("PermissionsPolicy", "PermissionsBoundary")]
        public string? PolicyUsageFilter { get; init; }

        [Length(1, 320), Pattern(Patterns.Marker)]
        public string? Marker { get; init; }

        [Range(1, 1000)]
        public int? MaxItems { get; init; }
    }

    public sealed record Response(IReadOnlyList<PolicyDetail> Policies, bool IsTruncated, string? Marker);

    public override AccessLevel Level => AccessLevel.List;

    protected override string Resource(Call call, Request request) => call.ArnOfAll(EntityKind.Policy, request.PathPrefix);

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        var filter = new PolicyFilter
        {
            OfAws = request.Scope is not "Local",
            Local = request.Scope is not "AWS",
            PathPrefix = request.PathPrefix ?? "/",
            IsAttached = request is { OnlyAttached: true } or { PolicyUsageFilter: "PermissionsPolicy" },
            IsBoundary = request.PolicyUsageFilter is "PermissionsBoundary",
        };
        var page = await Markers.ReadAsync(
            tokens,
            new([Name, call.Scope.Account.ToString(), filter.ToString()], request.Marker, request.MaxItems),
            policy => policy.Key,
            (after, limit) => policies.ListAsync(call.Scope, filter, after, limit, cancel));
        return new([.. page.Rows.Select(PolicyDetail.InListing)], page.IsTruncated, page.Marker);
    }
}
