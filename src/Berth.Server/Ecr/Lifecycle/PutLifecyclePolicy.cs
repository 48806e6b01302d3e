using Berth.Lifecycle;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Ecr.Shapes;
using Berth.Server.Gate;

namespace Berth.Server.Ecr.Lifecycle;

/// <summary>Sets or replaces the lifecycle policy of a repository.</summary>
internal sealed class PutLifecyclePolicy(LifecyclePolicies policies) : Operation<PutLifecyclePolicy.Request, PutLifecyclePolicy.Response>
{
    public sealed record Request
    {
        [Pattern(Patterns.RegistryId)]
        public string? RegistryId { get; init; }

        [Length(2, 256), Pattern(Patterns.RepositoryName)]
        public required string RepositoryName { get; init; }

        [Length(100, LifecyclePolicy.MaxLength)]
        public required string LifecyclePolicyText { get; init; }
    }

    public sealed record Response(string RegistryId, string RepositoryName, string LifecyclePolicyText);

    public override AccessLevel Level => AccessLevel.Write;

    protected override string Resource(Call call, Request request) =>
        call.RepositoryArn(request.RegistryId, request.RepositoryName);

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        var repository = call.Repository(request.RegistryId, request.RepositoryName);
        var policy = policies.Read(request.LifecyclePolicyText);
        await policies.PutAsync(repository, policy, cancel);
        return new(repository.Account.ToString(), repository.Name.ToString(), policy.Text);
    }
}
