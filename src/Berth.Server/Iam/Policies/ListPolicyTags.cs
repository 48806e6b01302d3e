using Berth.Identity.Entities;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;
using Berth.Server.Iam.Shapes;

namespace Berth.Server.Iam.Policies;

/// <summary>Lists the tags of a managed policy.</summary>
internal sealed class ListPolicyTags(ManagedPolicies policies, PageTokens tokens) : Operation<ListPolicyTags.Request, ListPolicyTags.Response>
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

    public sealed record Response(IReadOnlyList<TagEntry> Tags, bool IsTruncated, string? Marker);

    public override AccessLevel Level => AccessLevel.List;

    protected override string Resource(Call call, Request request) => request.PolicyArn;

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        var tags = (await policies.GetAsync(call.Scope, request.PolicyArn, cancel)).Tags;
        var page = await ShortList.PageAsync(tokens, new([Name, Resource(call, request)], request.Marker, request.MaxItems), tags);
        return new(TagEntry.All(page.Rows), page.IsTruncated, page.Marker);
    }
}
