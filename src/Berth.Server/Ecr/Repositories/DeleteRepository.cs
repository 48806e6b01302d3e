using Berth.Registry;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Ecr.Shapes;
using Berth.Server.Gate;

namespace Berth.Server.Ecr.Repositories;

/// <summary>Deletes a repository; one that holds images only by force.</summary>
internal sealed class DeleteRepository(RepositoryDeletion deletion, RegistryHosts hosts)
    : Operation<DeleteRepository.Request, DeleteRepository.Response>
{
    public sealed record Request
    {
        [Pattern(Patterns.RegistryId)]
        public string? RegistryId { get; init; }

        [Length(2, 256), Pattern(Patterns.RepositoryName)]
        public required string RepositoryName { get; init; }

        public bool? Force { get; init; }
    }

    public sealed record Response(RepositoryDetail Repository);

    public override AccessLevel Level => AccessLevel.Write;

    protected override string Resource(Call call, Request request) =>
        call.RepositoryArn(request.RegistryId, request.RepositoryName);

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        var id = call.Repository(request.RegistryId, request.RepositoryName);
        var deleted = await deletion.DeleteAsync(id, force: request.Force ?? false, cancel);
        return new(RepositoryDetail.Of(deleted, hosts));
    }
}
