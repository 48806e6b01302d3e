using Berth.Lifecycle;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;

namespace Berth.Server.Delivery;

/// <summary>Has the lifecycle policy of a repository run at once, instead of at its time; it is begun when this is answered, not ended.</summary>
internal sealed class RunLifecyclePolicy(LifecyclePolicies policies) : Operation<RunLifecyclePolicy.Request, RunLifecyclePolicy.Response>
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

    protected override string Resource(Call call, Request request) => call.RepositoryArn(request.RegistryId, request.RepositoryName);

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        var repository = call.Repository(request.RegistryId, request.RepositoryName);
        var policy = await policies.RunAsync(repository, cancel);
        return new(repository.Account.ToString(), repository.Name.ToString(), policy.Text, policy.EvaluatedAt ?? DateTimeOffset.UnixEpoch);
    }
}
