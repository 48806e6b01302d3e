using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;
using Berth.Server.Iam.Shapes;

namespace Berth.Server.Iam.InlinePolicies;

/// <summary>Lists the names of the inline policies of a group page by page.</summary>
internal sealed class ListGroupPolicies(Berth.Identity.Entities.InlinePolicies policies, PageTokens tokens)
    : Operation<ListGroupPolicies.Request, ListGroupPolicies.Response>
{
    public sealed record Request
    {
        [Length(1, 128), Pattern(Patterns.Name)]
        public required string GroupName { get; init; }

        [Length(1, 320), Pattern(Patterns.Marker)]
        public string? Marker { get; init; }

        [Range(1, 1000)]
        public int? MaxItems { get; init; }
    }

    public sealed record Response(IReadOnlyList<string> PolicyNames, bool IsTruncated, string? Marker);

    public override AccessLevel Level => AccessLevel.List;

    protected override string Resource(Call call, Request request) => call.Group(request.GroupName).Arn();

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        var group = call.Group(request.GroupName);
        var page = await Markers.ReadAsync(
            tokens,
            new([Name, group.Arn()], request.Marker, request.MaxItems),
            name => name,
            (after, limit) => policies.ListAsync(group, after, limit, cancel));
        return new(page.Rows, page.IsTruncated, page.Marker);
    }
}
