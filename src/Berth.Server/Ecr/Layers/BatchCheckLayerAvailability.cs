using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Ecr.Shapes;
using Berth.Server.Gate;
using Berth.Vocabulary;

namespace Berth.Server.Ecr.Layers;

/// <summary>Tells which layers a repository has, so that a push uploads the others only.</summary>
internal sealed class BatchCheckLayerAvailability(Berth.Registry.Layers layers, Berth.Registry.Repositories repositories)
    : Operation<BatchCheckLayerAvailability.Request, BatchCheckLayerAvailability.Response>
{
    public sealed record Request
    {
        [Pattern(Patterns.RegistryId)]
        public string? RegistryId { get; init; }

        [Length(2, 256), Pattern(Patterns.RepositoryName)]
        public required string RepositoryName { get; init; }

        [Count(1, 100), Length(0, 1000)]
        public required IReadOnlyList<string> LayerDigests { get; init; }
    }

    public sealed record Response(IReadOnlyList<Layer> Layers, IReadOnlyList<LayerFailure> Failures);

    /// <summary>Whether the repository has a layer.</summary>
    public sealed record Layer(string LayerDigest, string LayerAvailability, long? LayerSize = null, string? MediaType = null);

    /// <summary>Why one layer of a batch was passed over. The batch itself succeeds.</summary>
    public sealed record LayerFailure(string LayerDigest, string FailureCode, string FailureReason);

    public override AccessLevel Level => AccessLevel.Read;

    protected override string Resource(Call call, Request request) =>
        call.RepositoryArn(request.RegistryId, request.RepositoryName);

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        var repository = call.Repository(request.RegistryId, request.RepositoryName);
        await repositories.GetAsync(repository, cancel);
        var found = new List<Layer>();
        foreach (var digest in request.LayerDigests.Where(DigestText.IsWellFormed))
        {
            found.Add(await CheckAsync(repository, digest, cancel));
        }

        return new(found, [.. request.LayerDigests.Where(digest => !DigestText.IsWellFormed(digest)).Select(Fail)]);
    }

    private async Task<Layer> CheckAsync(RepositoryId repository, string text, CancellationToken cancel) =>
        Digest.TryParse(text, out var digest) && await layers.FindAsync(repository, digest, cancel) is { } layer
            ? new(text, layer.IsArchived ? "ARCHIVED" : "AVAILABLE", layer.Size, layer.MediaType)
            : new(text, "UNAVAILABLE");

    private static LayerFailure Fail(string digest) => digest.Length == 0
        ? new(digest, "MissingLayerDigest", "Invalid request parameters: layer digest cannot be null")
        : new(digest, "InvalidLayerDigest", $"Invalid request parameters: layer digest should satisfy the regex '{DigestText.Pattern}'");
}
