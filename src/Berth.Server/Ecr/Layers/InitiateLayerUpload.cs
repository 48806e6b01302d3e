using Berth.Registry;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Ecr.Shapes;
using Berth.Server.Gate;

namespace Berth.Server.Ecr.Layers;

/// <summary>Starts the upload of a layer.</summary>
internal sealed class InitiateLayerUpload(Uploads uploads, CreateOnPush onPush)
    : Operation<InitiateLayerUpload.Request, InitiateLayerUpload.Response>
{
    // What ECR advises clients to send at a time.
    private const long PartSize = 10 * 1024 * 1024;

    public sealed record Request
    {
        [Pattern(Patterns.RegistryId)]
        public string? RegistryId { get; init; }

        [Length(2, 256), Pattern(Patterns.RepositoryName)]
        public required string RepositoryName { get; init; }
    }

    public sealed record Response(string UploadId, long PartSize);

    public override AccessLevel Level => AccessLevel.Write;

    protected override string Resource(Call call, Request request) =>
        call.RepositoryArn(request.RegistryId, request.RepositoryName);

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        var repository = call.Repository(request.RegistryId, request.RepositoryName);
        var upload = await onPush.RunAsync(
            call.To($"ecr:{Name}", repository.Arn), repository, () => uploads.StartAsync(repository, cancel), cancel);
        return new(upload.ToString(), PartSize);
    }
}
