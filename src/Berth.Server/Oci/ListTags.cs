using Berth.Registry;
using Berth.Server.Gate;

namespace Berth.Server.Oci;

/// <summary>
/// GET /v2/{name}/tags/list: the repository's tags in ordinal order, without those of archived images, as ListImages has it
/// unless asked otherwise: whoever lists tags here pulls them next.
/// </summary>
internal sealed class ListTags(ImageListing listing) : OciEndpoint
{
    /// <inheritdoc/>
    public override OciRoute Route { get; } = new(HttpMethods.Get, "tags/list", As: "ListImages", AccessLevel.List);

    /// <inheritdoc/>
    public override async Task HandleAsync(OciCall call, CancellationToken cancel)
    {
        var page = Page.Of(call);
        var found = await listing.ListTagsAsync(call.Repository, page.After, page.Size + 1, cancel);
        var tags = page.Take(call, [.. found.Select(tag => tag.ToString())]);
        await call.Response.WriteJsonAsync(new TagList(call.Repository.Name.ToString(), tags), cancel);
    }

    private sealed record TagList(string Name, IReadOnlyList<string> Tags);
}
