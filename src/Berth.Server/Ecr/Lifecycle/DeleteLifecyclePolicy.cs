using Berth.Lifecycle;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Ecr.Shapes;
using Berth.Server.Gate;

namespace Berth.Server.Ecr.Lifecycle;

/// <summary>Removes the lifecycle policy of a repository; a run that is going on stops.</summary>
internal sealed class DeleteLifecyclePolicy(LifecyclePolicies policies) : Operation<DeleteLifecyclePolicy.Request, DeleteLifecyclePolicy.Response>
{
    public sealed record Request
    {
        [Pattern(Patterns.RegistryId)]
        public string? RegistryId { get; init; }

        [Length(2, 256), Pattern(Patterns.RepositoryName)]
        public required string RepositoryName { get; init; }
    }

    public sealed record Response(string RegistryId, string RepositoryName, string LifecyclePolicyText, DateTimeOffset LastEvaluatedAt);

    public override AccessLevel Level => AccessLevel.Write;

    protected override string Resource(Call call, Request request) =>
        call.RepositoryArn(request.RegistryId, request.RepositoryName);

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        var repository = call.Repository(request.RegistryId, request.RepositoryName);
        var policy = await policies.DeleteAsync(repository, cancel);
        return new(repository.Account.ToString(), repository.Name.ToString(), policy.Text, policy.EvaluatedAt ?? DateTimeOffset.UnixEpoch);
    }
}
