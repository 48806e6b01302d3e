using Berth.Identity.Entities;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;
using Berth.Server.Iam.Shapes;

namespace Berth.Server.Iam.Profiles;

/// <summary>Lists an account's instance profiles page by page.</summary>
internal sealed class ListInstanceProfiles(InstanceProfiles profiles, PageTokens tokens) : Operation<ListInstanceProfiles.Request, ListInstanceProfiles.Response>
{
    public sealed record Request
    {
        [Length(1, 512), Pattern(Patterns.PathPrefix)]
        public string? PathPrefix { get; init; }

        [Length(1, 320), Pattern(Patterns.Marker)]
        public string? Marker { get; init; }

        [Range(1, 1000)]
        public int? MaxItems { get; init; }
    }

    public sealed record Response(IReadOnlyList<ProfileDetail> InstanceProfiles, bool IsTruncated, string? Marker);

    public override AccessLevel Level => AccessLevel.List;

    protected override string Resource(Call call, Request request) => call.ArnOfAll(EntityKind.InstanceProfile, request.PathPrefix);

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        var prefix = request.PathPrefix ?? "/";
        var page = await Markers.ReadAsync(
            tokens,
            new([Name, call.Scope.Account.ToString(), prefix], request.Marker, request.MaxItems),
            profile => profile.Entity.Name.ToLowerInvariant(),
            (after, limit) => profiles.ListAsync(call.Scope, new(after, limit, prefix), cancel));
        return new([.. page.Rows.Select(ProfileDetail.InListing)], page.IsTruncated, page.Marker);
    }
}
