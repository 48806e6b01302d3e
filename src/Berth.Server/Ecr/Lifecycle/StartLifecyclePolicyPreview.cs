using Berth.Lifecycle;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Ecr.Shapes;
using Berth.Server.Gate;

namespace Berth.Server.Ecr.Lifecycle;

/// <summary>Begins to work out what a lifecycle policy, given or set, would do to the images of a repository.</summary>
internal sealed class StartLifecyclePolicyPreview(LifecyclePreviews previews)
    : Operation<StartLifecyclePolicyPreview.Request, StartLifecyclePolicyPreview.Response>
{
    public sealed record Request
    {
        [Pattern(Patterns.RegistryId)]
        public string? RegistryId { get; init; }

        [Length(2, 256), Pattern(Patterns.RepositoryName)]
        public required string RepositoryName { get; init; }

        [Length(100, LifecyclePolicy.MaxLength)]
        public string? LifecyclePolicyText { get; init; }
    }

    public sealed record Response(string RegistryId, string RepositoryName, string LifecyclePolicyText, string Status);

    public override AccessLevel Level => AccessLevel.Write;

    protected override string Resource(Call call, Request request) =>
        call.RepositoryArn(request.RegistryId, request.RepositoryName);

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        var repository = call.Repository(request.RegistryId, request.RepositoryName);
        var policy = await previews.StartAsync(repository, request.LifecyclePolicyText, cancel);
        return new(repository.Account.ToString(), repository.Name.ToString(), policy, LifecyclePreviews.InProgress);
    }
}
