using Berth.Registry;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Ecr.Shapes;
using Berth.Server.Gate;

namespace Berth.Server.Ecr.Policies;

/// <summary>Gives the policy of a repository.</summary>
internal sealed class GetRepositoryPolicy(RepositoryPolicies policies)
    : Operation<GetRepositoryPolicy.Request, GetRepositoryPolicy.Response>
{
    public sealed record Request
    {
        [Pattern(Patterns.RegistryId)]
        public string? RegistryId { get; init; }

        [Length(2, 256), Pattern(Patterns.RepositoryName)]
        public required string RepositoryName { get; init; }
    }

    public sealed record Response(string RegistryId, string RepositoryName, string PolicyText);

    public override AccessLevel Level => AccessLevel.Read;

    protected override string Resource(Call call, Request request) =>
        call.RepositoryArn(request.RegistryId, request.RepositoryName);

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        var repository = call.Repository(request.RegistryId, request.RepositoryName);
        var policy = await policies.GetAsync(repository, cancel);
        return new(repository.Account.ToString(), repository.Name.ToString(), policy);
    }
}
