using Berth.Identity.Entities;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;
using Berth.Server.Iam.Shapes;

namespace Berth.Server.Iam.Attachments;

/// <summary>Lists the managed policies that are attached to a role page by page.</summary>
internal sealed class ListAttachedRolePolicies(PolicyAttachments attachments, PageTokens tokens)
    : Operation<ListAttachedRolePolicies.Request, ListAttachedRolePolicies.Response>
{
    public sealed record Request
    {
        [Length(1, 64), Pattern(Patterns.Name)]
        public required string RoleName { get; init; }

        [Length(1, 512), Pattern(Patterns.PolicyPath)]
        public string? PathPrefix { get; init; }

        [Length(1, 320), Pattern(Patterns.Marker)]
        public string? Marker { get; init; }

        [Range(1, 1000)]
        public int? MaxItems { get; init; }
    }

    public sealed record Response(IReadOnlyList<AttachedPolicyDetail> AttachedPolicies, bool IsTruncated, string? Marker);

    public override AccessLevel Level => AccessLevel.List;

    protected override string Resource(Call call, Request request) => call.Role(request.RoleName).Arn();

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        var (role, prefix) = (call.Role(request.RoleName), request.PathPrefix ?? "/");
        var page = await Markers.ReadAsync(
            tokens,
            new([Name, role.Arn(), prefix], request.Marker, request.MaxItems),
            policy => policy.Key,
            (after, limit) => attachments.ListAsync(role, new(after, limit, prefix), cancel));
        return new([.. page.Rows.Select(AttachedPolicyDetail.Of)], page.IsTruncated, page.Marker);
    }
}
