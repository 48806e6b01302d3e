using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Ecr.Shapes;
using Berth.Server.Gate;

namespace Berth.Server.Ecr.Repositories;

/// <summary>Sets whether images are to be scanned as they are pushed to a repository.</summary>
internal sealed class PutImageScanningConfiguration(Berth.Registry.Repositories repositories)
    : Operation<PutImageScanningConfiguration.Request, PutImageScanningConfiguration.Response>
{
    public sealed record Request
    {
        [Pattern(Patterns.RegistryId)]
        public string? RegistryId { get; init; }

        [Length(2, 256), Pattern(Patterns.RepositoryName)]
        public required string RepositoryName { get; init; }

        public required ImageScanningConfiguration ImageScanningConfiguration { get; init; }
    }

    public sealed record Response(string RegistryId, string RepositoryName, ImageScanningConfiguration ImageScanningConfiguration);

    public override AccessLevel Level => AccessLevel.Write;

    protected override string Resource(Call call, Request request) =>
        call.RepositoryArn(request.RegistryId, request.RepositoryName);

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        var id = call.Repository(request.RegistryId, request.RepositoryName);
        var scanOnPush = request.ImageScanningConfiguration.ScanOnPush ?? false;
        var repository = await repositories.PutScanOnPushAsync(id, scanOnPush, cancel);
        return new(id.Account.ToString(), id.Name.ToString(), new() { ScanOnPush = repository.ScanOnPush });
    }
}
