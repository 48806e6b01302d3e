using Berth.Registry;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Ecr.Shapes;
using Berth.Server.Gate;

namespace Berth.Server.Ecr.Images;

/// <summary>Deletes images by digest, or tags, with the last of which an image goes too.</summary>
internal sealed class BatchDeleteImage(ImageDeletion deletion) : Operation<BatchDeleteImage.Request, BatchDeleteImage.Response>
{
    public sealed record Request
    {
        [Pattern(Patterns.RegistryId)]
        public string? RegistryId { get; init; }

        [Length(2, 256), Pattern(Patterns.RepositoryName)]
        public required string RepositoryName { get; init; }

        [Count(1, 100)]
        public required IReadOnlyList<ImageId> ImageIds { get; init; }
    }

    public sealed record Response(IReadOnlyList<ImageId> ImageIds, IReadOnlyList<ImageFailure> Failures);

    public override AccessLevel Level => AccessLevel.Write;

    protected override string Resource(Call call, Request request) =>
        call.RepositoryArn(request.RegistryId, request.RepositoryName);

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        var repository = call.Repository(request.RegistryId, request.RepositoryName);
        var flaws = request.ImageIds.ToLookup(id => id.FindFlaw(repository));
        var outcomes = await deletion.DeleteAsync(repository, [.. flaws[null].Select(id => id.ToIdentifier())], cancel);
        return new(
            [.. outcomes.SelectMany(outcome => outcome.Deleted).Select(ImageId.Of)],
            [
                .. flaws.Where(flawed => flawed.Key is not null)
                    .SelectMany(flawed => flawed.Select(id => ImageFailure.Of(id, flawed.Key!))),
                .. outcomes.Where(outcome => outcome.Failure is not null)
                    .Select(outcome => ImageFailure.Of(ImageId.Of(outcome.Identifier), outcome.Failure!)),
            ]);
    }
}
