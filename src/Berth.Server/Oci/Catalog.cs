using Berth.Registry;
using Berth.Server.Gate;

namespace Berth.Server.Oci;

/// <summary>GET /v2/_catalog: the registry's repositories in ordinal order.</summary>
internal sealed class Catalog(Repositories repositories) : OciEndpoint
{
    /// <inheritdoc/>
    public override OciRoute Route { get; } = new(HttpMethods.Get, "_catalog", As: "DescribeRepositories", AccessLevel.List);

    /// <inheritdoc/>
    public override string ResourceOf(OciCall call) => call.Registry.RepositoryArn("*");

    /// <inheritdoc/>
    public override async Task HandleAsync(OciCall call, CancellationToken cancel)
    {
        var page = Page.Of(call);
        var found = await repositories.ListAsync(call.Registry, page.After, page.Size + 1, cancel);
        var names = page.Take(call, [.. found.Select(repository => repository.Id.Name.ToString())]);
        await call.Response.WriteJsonAsync(new NameList(names), cancel);
    }

    private sealed record NameList(IReadOnlyList<string> Repositories);
}
