using Berth.Registry;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Ecr.Shapes;
using Berth.Server.Gate;
using Berth.Vocabulary;

namespace Berth.Server.Ecr.Images;

/// <summary>Gives the manifests of images, which counts as a pull of them; what cannot be given stands among the failures.</summary>
internal sealed class BatchGetImage(Berth.Registry.Images images, Berth.Registry.Repositories repositories, Pulls pulls)
    : Operation<BatchGetImage.Request, BatchGetImage.Response>
{
    public sealed record Request
    {
        [Pattern(Patterns.RegistryId)]
        public string? RegistryId { get; init; }

        [Length(2, 256), Pattern(Patterns.RepositoryName)]
        public required string RepositoryName { get; init; }

        [Count(1, 100)]
        public required IReadOnlyList<ImageId> ImageIds { get; init; }

        [Count(1, 100)]
        public IReadOnlyList<string>? AcceptedMediaTypes { get; init; }
    }

    public sealed record Response(IReadOnlyList<ImageContent> Images, IReadOnlyList<ImageFailure> Failures);

    public override AccessLevel Level => AccessLevel.Read;

    protected override string Resource(Call call, Request request) =>
        call.RepositoryArn(request.RegistryId, request.RepositoryName);

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        var repository = call.Repository(request.RegistryId, request.RepositoryName);
        await repositories.GetAsync(repository, cancel);
        var found = new List<ImageContent>();
        var failures = new List<ImageFailure>();
        foreach (var id in request.ImageIds.Distinct())
        {
            var (image, failure) = await FindAsync(repository, id, request.AcceptedMediaTypes, cancel);
            if (image is null)
            {
                failures.Add(ImageFailure.Of(id, failure ?? new ImageNotFound(repository, id.ImageDigest, id.ImageTag)));
            }
            else
            {
                found.Add(image);
                await pulls.NoteAsync(call.Caller, repository, Digest.Parse(image.ImageId.ImageDigest!), cancel);
            }
        }

        return new(found, failures);
    }

    // A manifest may be converted on its way out; the image goes by the digest under which it is stored.
    private async Task<(ImageContent? Image, Fault? Failure)> FindAsync(
        RepositoryId repository, ImageId id, IReadOnlyList<string>? accepted, CancellationToken cancel)
    {
        if (id.FindFlaw(repository) is { } flaw)
        {
            return (null, flaw);
        }

        var (digest, tag) = id.ToIdentifier();
        StoredManifest? stored;
        try
        {
            stored = await images.FindAsync(repository, tag is { } name ? name : digest!.Value, cancel);
        }
        catch (FaultException refused) when (refused.Fault is ImageArchived or ImageActivating)
        {
            return (null, refused.Fault);
        }

        if (stored is not null && digest is not null && stored.Digest != digest)
        {
            return (null, new TagDoesNotMatchDigest());
        }

        return stored is not null && ManifestNegotiation.Choose(stored, accepted, byTag: tag is not null) is { } chosen
            ? (ImageContent.Of(repository, new(stored.Digest, tag), chosen), null)
            : (null, null);
    }
}
