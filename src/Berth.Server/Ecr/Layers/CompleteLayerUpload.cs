using Berth.Registry;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Ecr.Shapes;
using Berth.Server.Gate;
using Berth.Vocabulary;

namespace Berth.Server.Ecr.Layers;

/// <summary>Ends an upload: the parts become a layer of the repository, if one of the digests given is theirs.</summary>
internal sealed class CompleteLayerUpload(Uploads uploads)
    : Operation<CompleteLayerUpload.Request, CompleteLayerUpload.Response>
{
    public sealed record Request
    {
        [Pattern(Patterns.RegistryId)]
        public string? RegistryId { get; init; }

        [Length(2, 256), Pattern(Patterns.RepositoryName)]
        public required string RepositoryName { get; init; }

        [Pattern(Patterns.UploadId)]
        public required string UploadId { get; init; }

        [Count(1, 100), Pattern(Patterns.LayerDigest)]
        public required IReadOnlyList<string> LayerDigests { get; init; }
    }

    public sealed record Response(string RegistryId, string RepositoryName, string UploadId, string LayerDigest);

    public override AccessLevel Level => AccessLevel.Write;

    protected override string Resource(Call call, Request request) =>
        call.RepositoryArn(request.RegistryId, request.RepositoryName);

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        var repository = call.Repository(request.RegistryId, request.RepositoryName);
        var upload = UploadId.Parse(request.UploadId);
        await uploads.CheckPartsAsync(repository, upload, cancel);
        var layer = await uploads.CompleteAsync(repository, upload, Candidates(request.LayerDigests), last: null, cancel);
        return layer.Existed
            ? throw new LayerAlreadyExists(repository, layer.Digest).AsException()
            : new(repository.Account.ToString(), repository.Name.ToString(), upload.ToString(), layer.Digest.ToString());
    }

    // Digests of other algorithms are let pass and match nothing. SHA-256 comes first: it is what ECR answers with.
    private static IReadOnlyList<Digest> Candidates(IReadOnlyList<string> texts) =>
    [
        .. texts.Select(text => Digest.TryParse(text, out var digest) ? digest : (Digest?)null)
            .OfType<Digest>()
            .OrderBy(digest => digest.IsSha512),
    ];
}
