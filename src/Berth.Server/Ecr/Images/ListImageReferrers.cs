using System.Text.Json;
using Berth.Registry;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Ecr.Shapes;
using Berth.Server.Gate;
using Berth.Vocabulary;

namespace Berth.Server.Ecr.Images;

/// <summary>Lists, page by page, the artifacts that point at an image: signatures, bills of materials and such.</summary>
internal sealed class ListImageReferrers(Referrers referrers, Berth.Registry.Repositories repositories, PageTokens tokens)
    : Operation<ListImageReferrers.Request, ListImageReferrers.Response>
{
    private const int UsualSize = 20;

    public sealed record Request
    {
        [Pattern(Patterns.RegistryId)]
        public string? RegistryId { get; init; }

        [Length(2, 256), Pattern(Patterns.RepositoryName)]
        public required string RepositoryName { get; init; }

        public required Subject SubjectId { get; init; }

        public ArtifactFilter? Filter { get; init; }

        public string? NextToken { get; init; }

        [Range(1, 50)]
        public int? MaxResults { get; init; }
    }

    /// <summary>The image pointed at (ECR's shape <c>SubjectIdentifier</c>).</summary>
    public sealed record Subject
    {
        public required string ImageDigest { get; init; }
    }

    /// <summary>Which artifacts are wanted (ECR's shape <c>ListImageReferrersFilter</c>).</summary>
    public sealed record ArtifactFilter
    {
        [Count(0, 5), Length(1, 255)]
        public IReadOnlyList<string>? ArtifactTypes { get; init; }

        [Values("ACTIVE", "ARCHIVED", "ACTIVATING", "ANY")]
        public string? ArtifactStatus { get; init; }

        internal string Status => ArtifactStatus ?? "ACTIVE";
    }

    public sealed record Response(IReadOnlyList<Artifact> Referrers, string? NextToken);

    /// <summary>An artifact as its manifest describes it (ECR's shape <c>ImageReferrer</c>).</summary>
    public sealed record Artifact(string Digest, string MediaType, long Size)
    {
        public string? ArtifactType { get; init; }

        public IReadOnlyDictionary<string, string>? Annotations { get; init; }

        public required string ArtifactStatus { get; init; }

        internal static Artifact Of(Image image) => new(image.Digest.ToString(), image.MediaType, image.ManifestSize)
        {
            ArtifactType = image.ArtifactType ?? image.ConfigType,
            Annotations = image.Annotations is { } annotations ? JsonSerializer.Deserialize<Dictionary<string, string>>(annotations) : null,
            ArtifactStatus = image.Status.Wire(),
        };
    }

    // There is no action of this name: whoever may pull an image may see what is said of it.
    public override string Action => "BatchGetImage";

    public override AccessLevel Level => AccessLevel.Read;

    protected override string Resource(Call call, Request request) =>
        call.RepositoryArn(request.RegistryId, request.RepositoryName);

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        var (repository, filter) = (call.Repository(request.RegistryId, request.RepositoryName), request.Filter ?? new());
        string[] question =
            [Name, repository.Arn, request.SubjectId.ImageDigest, filter.Status, .. (filter.ArtifactTypes ?? []).Order(StringComparer.Ordinal)];
        var after = tokens.Read(question, request.NextToken) is [var place] ? Digest.Parse(place) : (Digest?)null;
        if (await FindSubjectAsync(repository, request.SubjectId.ImageDigest, cancel) is not { } subject)
        {
            return new([], NextToken: null);
        }

        var page = await referrers.ListAsync(
            repository,
            subject,
            new() { ArtifactTypes = filter.ArtifactTypes ?? [], Status = filter.Status is "ANY" ? null : ImageStatusNames.FromWire(filter.Status) },
            after,
            request.MaxResults ?? UsualSize,
            cancel);
        return new(
            [.. page.Images.Select(Artifact.Of)],
            page.HasMore ? tokens.Issue(question, page.Images[^1].Digest.ToString()) : null);
    }

    // A digest of another algorithm is well formed, and nothing points at it.
    private async Task<Digest?> FindSubjectAsync(RepositoryId repository, string text, CancellationToken cancel)
    {
        await repositories.GetAsync(repository, cancel);
        return !DigestText.IsWellFormed(text) ? throw new DigestInvalid(text).AsException()
            : Digest.TryParse(text, out var digest) ? digest
            : null;
    }
}
