using Berth.Identity.Entities;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;
using Berth.Server.Iam.Shapes;

namespace Berth.Server.Iam.Profiles;

/// <summary>Lists the instance profiles that have a role.</summary>
internal sealed class ListInstanceProfilesForRole(InstanceProfiles profiles, PageTokens tokens) : Operation<ListInstanceProfilesForRole.Request, ListInstanceProfilesForRole.Response>
{
    public sealed record Request
    {
        [Length(1, 64), Pattern(Patterns.Name)]
        public required string RoleName { get; init; }

        [Length(1, 320), Pattern(Patterns.Marker)]
        public string? Marker { get; init; }

        [Range(1, 1000)]
        public int? MaxItems { get; init; }
    }

    public sealed record Response(IReadOnlyList<ProfileDetail> InstanceProfiles, bool IsTruncated, string? Marker);

    public override AccessLevel Level => AccessLevel.List;

    protected override string Resource(Call call, Request request) => call.Role(request.RoleName).Arn();

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        var page = await Markers.ReadAsync(
            tokens,
            new([Name, Resource(call, request)], request.Marker, request.MaxItems),
            profile => profile.Entity.Name.ToLowerInvariant(),
            (after, limit) => profiles.ListForRoleAsync(call.Role(request.RoleName), after, limit, cancel));
        return new([.. page.Rows.Select(ProfileDetail.InListing)], page.IsTruncated, page.Marker);
    }
}
