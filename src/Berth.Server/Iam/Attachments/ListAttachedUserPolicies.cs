using Berth.Identity.Entities;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;
using Berth.Server.Iam.Shapes;

namespace Berth.Server.Iam.Attachments;

/// <summary>Lists the managed policies that are attached to a user page by page.</summary>
internal sealed class ListAttachedUserPolicies(PolicyAttachments attachments, PageTokens tokens)
    : Operation<ListAttachedUserPolicies.Request, ListAttachedUserPolicies.Response>
{
    public sealed record Request
    {
        [Length(1, 64), Pattern(Patterns.Name)]
        public required string UserName { get; init; }

        [Length(1, 512), Pattern(Patterns.PolicyPath)]
        public string? PathPrefix { get; init; }

        [Length(1, 320), Pattern(Patterns.Marker)]
        public string? Marker { get; init; }

        [Range(1, 1000)]
        public int? MaxItems { get; init; }
    }

    public sealed record Response(IReadOnlyList<AttachedPolicyDetail> AttachedPolicies, bool IsTruncated, string? Marker);

    public override AccessLevel Level => AccessLevel.List;

    protected override string Resource(Call call, Request request) => call.User(request.UserName).Arn();

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        var (user, prefix) = (call.User(request.UserName), request.PathPrefix ?? "/");
        var page = await Markers.ReadAsync(
            tokens,
            new([Name, user.Arn(), prefix], request.Marker, request.MaxItems),
            policy => policy.Key,
            (after, limit) => attachments.ListAsync(user, new(after, limit, prefix), cancel));
        return new([.. page.Rows.Select(AttachedPolicyDetail.Of)], page.IsTruncated, page.Marker);
    }
}
