using System.Text;
using Berth.Registry;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Ecr.Shapes;
using Berth.Server.Gate;
using Berth.Vocabulary;

namespace Berth.Server.Ecr.Images;

/// <summary>Stores the manifest of an image whose layers are there, and tags it.</summary>
internal sealed class PutImage(Berth.Registry.Images images) : Operation<PutImage.Request, PutImage.Response>
{
    public sealed record Request
    {
        [Pattern(Patterns.RegistryId)]
        public string? RegistryId { get; init; }

        [Length(2, 256), Pattern(Patterns.RepositoryName)]
        public required string RepositoryName { get; init; }

        [Length(1, Manifest.MaxLength)]
        public required string ImageManifest { get; init; }

        public string? ImageManifestMediaType { get; init; }

        [Length(1, Tag.MaxLength)]
        public string? ImageTag { get; init; }

        public string? ImageDigest { get; init; }
    }

    public sealed record Response(ImageContent Image);

    public override AccessLevel Level => AccessLevel.Write;

    protected override string Resource(Call call, Request request) =>
        call.RepositoryArn(request.RegistryId, request.RepositoryName);

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        var repository = call.Repository(request.RegistryId, request.RepositoryName);
        var tag = request.ImageTag is null ? (Tag?)null : Tag.Parse(request.ImageTag);
        var content = Encoding.UTF8.GetBytes(request.ImageManifest);
        var push = new ImagePush
        {
            Content = content,
            MediaType = request.ImageManifestMediaType,
            Tags = tag is { } name ? [name] : [],
            Digest = request.ImageDigest,
        };
        var (digest, manifest) = await images.PutAsync(repository, push, cancel);
        return new(ImageContent.Of(repository, new(digest, tag), new(digest, manifest.MediaType, content)));
    }
}
