using Berth.Identity.Entities;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;
using Berth.Server.Iam.Shapes;

namespace Berth.Server.Iam.Profiles;

/// <summary>Lists the tags of an instance profile.</summary>
internal sealed class ListInstanceProfileTags(IamEntities entities, PageTokens tokens) : Operation<ListInstanceProfileTags.Request, ListInstanceProfileTags.Response>
{
    public sealed record Request
    {
        [Length(1, 128), Pattern(Patterns.Name)]
        public required string InstanceProfileName { get; init; }

        [Length(1, 320), Pattern(Patterns.Marker)]
        public string? Marker { get; init; }

        [Range(1, 1000)]
        public int? MaxItems { get; init; }
    }

    public sealed record Response(IReadOnlyList<TagEntry> Tags, bool IsTruncated, string? Marker);

    public override AccessLevel Level => AccessLevel.List;

    protected override string Resource(Call call, Request request) => call.InstanceProfile(request.InstanceProfileName).Arn();

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        var profile = call.InstanceProfile(request.InstanceProfileName);
        var page = await Markers.ReadAsync(
            tokens,
            new([Name, profile.Arn()], request.Marker, request.MaxItems),
            tag => tag.Key.ToLowerInvariant(),
            (after, limit) => entities.ListTagsAsync(profile, after, limit, cancel));
        return new(TagEntry.All(page.Rows), page.IsTruncated, page.Marker);
    }
}
