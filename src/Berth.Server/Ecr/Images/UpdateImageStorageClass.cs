using Berth.Registry;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Ecr.Shapes;
using Berth.Server.Gate;
using Berth.Storage.Blobs;

namespace Berth.Server.Ecr.Images;

/// <summary>
/// Archives an image, or begins to restore an archived one. The answer has the status after the call: ARCHIVED at once, or
/// ACTIVATING until the bytes are back. ECR does not say which updates it does not support; here it is what would change
/// nothing, what is being restored, what an index lists that is not archived, and a referrer apart from its subject.
/// </summary>
internal sealed class UpdateImageStorageClass(ImageStorage storage)
    : Operation<UpdateImageStorageClass.Request, UpdateImageStorageClass.Response>
{
    public sealed record Request
    {
        [Pattern(Patterns.RegistryId)]
        public string? RegistryId { get; init; }

        [Length(2, 256), Pattern(Patterns.RepositoryName)]
        public required string RepositoryName { get; init; }

        public required ImageId ImageId { get; init; }

        [Values("STANDARD", "ARCHIVE")]
        public required string TargetStorageClass { get; init; }
    }

    public sealed record Response(string RegistryId, string RepositoryName, ImageId ImageId, string ImageStatus);

    public override AccessLevel Level => AccessLevel.Write;

    protected override string Resource(Call call, Request request) =>
        call.RepositoryArn(request.RegistryId, request.RepositoryName);

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        var repository = call.Repository(request.RegistryId, request.RepositoryName);
        if (request.ImageId.FindFlaw(repository) is { } flaw)
        {
            throw flaw.AsException();
        }

        var (image, status) = await storage.UpdateAsync(
            repository, request.ImageId.ToIdentifier(), StorageClassNames.FromWire(request.TargetStorageClass), cancel);
        return new(repository.Account.ToString(), repository.Name.ToString(), ImageId.Of(image), status.Wire());
    }
}
