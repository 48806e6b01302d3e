using Berth.Identity.Entities;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;
using Berth.Server.Iam.Shapes;

namespace Berth.Server.Iam.Attachments;

/// <summary>Lists the managed policies that are attached to a group page by page.</summary>
internal sealed class ListAttachedGroupPolicies(PolicyAttachments attachments, PageTokens tokens)
    : Operation<ListAttachedGroupPolicies.Request, ListAttachedGroupPolicies.Response>
{
    public sealed record Request
    {
        [Length(1, 128), Pattern(Patterns.Name)]
        public required string GroupName { get; init; }

        [Length(1, 512), Pattern(Patterns.PolicyPath)]
        public string? PathPrefix { get; init; }

        [Length(1, 320), Pattern(Patterns.Marker)]
        public string? Marker { get; init; }

        [Range(1, 1000)]
        public int? MaxItems { get; init; }
    }

    public sealed record Response(IReadOnlyList<AttachedPolicyDetail> AttachedPolicies, bool IsTruncated, string? Marker);

    public override AccessLevel Level => AccessLevel.List;

    protected override string Resource(Call call, Request request) => call.Group(request.GroupName).Arn();

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        var (group, prefix) = (call.Group(request.GroupName), request.PathPrefix ?? "/");
        var page = await Markers.ReadAsync(
            tokens,
            new([Name, group.Arn(), prefix], request.Marker, request.MaxItems),
            policy => policy.Key,
            (after, limit) => attachments.ListAsync(group, new(after, limit, prefix), cancel));
        return new([.. page.Rows.Select(AttachedPolicyDetail.Of)], page.IsTruncated, page.Marker);
    }
}
