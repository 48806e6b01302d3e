using System.Text;
using Berth.Registry;
using Berth.Vocabulary;

namespace Berth.Server.Ecr.Shapes;

/// <summary>An image with its manifest (ECR's shape <c>Image</c>).</summary>
internal sealed record ImageContent(
    string RegistryId, string RepositoryName, ImageId ImageId, string ImageManifest, string ImageManifestMediaType)
{
    /// <summary>The image under the names it was asked for by.</summary>
    public static ImageContent Of(RepositoryId repository, ImageIdentifier image, StoredManifest manifest) => new(
        repository.Account.ToString(),
        repository.Name.ToString(),
        ImageId.Of(image),
        Encoding.UTF8.GetString(manifest.Content.Span),
        manifest.MediaType);
}
