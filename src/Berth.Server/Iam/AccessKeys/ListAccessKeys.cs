using Berth.Identity;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;
using Berth.Server.Iam.Shapes;

namespace Berth.Server.Iam.AccessKeys;

/// <summary>Lists the access keys of a user, by default of the caller.</summary>
internal sealed class ListAccessKeys(OwnedKeys keys, PageTokens tokens) : Operation<ListAccessKeys.Request, ListAccessKeys.Response>
{
    public sealed record Request
    {
        [Length(1, 128), Pattern(Patterns.Name)]
        public string? UserName { get; init; }

        [Length(1, 320), Pattern(Patterns.Marker)]
        public string? Marker { get; init; }

        [Range(1, 1000)]
        public int? MaxItems { get; init; }
    }

    public sealed record Response(IReadOnlyList<AccessKeyMetadata> AccessKeyMetadata, bool IsTruncated, string? Marker);

    public override AccessLevel Level => AccessLevel.List;

    protected override string Resource(Call call, Request request) => call.UserOrCaller(request.UserName).Arn;

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        var owner = call.UserOrCaller(request.UserName);
        var page = await Markers.ReadAsync(
            tokens,
            new([Name, owner.Arn], request.Marker, request.MaxItems),
            key => key.Id,
            (after, limit) => keys.ListAsync(owner, after, limit, cancel));
        return new([.. page.Rows.Select(Shapes.AccessKeyMetadata.Of)], page.IsTruncated, page.Marker);
    }
}
