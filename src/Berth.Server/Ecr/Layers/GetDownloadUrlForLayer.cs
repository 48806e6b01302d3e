using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Ecr.Shapes;
using Berth.Server.Gate;
using Berth.Server.Gate.LayerBucket;
using Berth.Vocabulary;

namespace Berth.Server.Ecr.Layers;

/// <summary>Gives a URL that whoever holds it can download a layer from, for an hour.</summary>
internal sealed class GetDownloadUrlForLayer(Berth.Registry.Layers layers, LayerUrls urls)
    : Operation<GetDownloadUrlForLayer.Request, GetDownloadUrlForLayer.Response>
{
    public sealed record Request
    {
        [Pattern(Patterns.RegistryId)]
        public string? RegistryId { get; init; }

        [Length(2, 256), Pattern(Patterns.RepositoryName)]
        public required string RepositoryName { get; init; }

        [Pattern(Patterns.LayerDigest)]
        public required string LayerDigest { get; init; }
    }

    public sealed record Response(string DownloadUrl, string LayerDigest);

    public override AccessLevel Level => AccessLevel.Read;

    protected override string Resource(Call call, Request request) =>
        call.RepositoryArn(request.RegistryId, request.RepositoryName);

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        var repository = call.Repository(request.RegistryId, request.RepositoryName);
        if (!Digest.TryParse(request.LayerDigest, out var digest)
            || await layers.FindAsync(repository, digest, cancel) is not { } layer)
        {
            throw new LayerNotFound(repository, request.LayerDigest).AsException();
        }

        layer.RefuseArchived();
        return layer.IsReferenced
            ? new(urls.Sign(layer, call.Time).AbsoluteUri, request.LayerDigest)
            : throw new LayerInaccessible(repository, digest).AsException();
    }
}
