using Berth.Registry;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Ecr.Shapes;
using Berth.Server.Gate;

namespace Berth.Server.Ecr.Repositories;

/// <summary>Sets whether the tags of a repository may move, from the next push on.</summary>
internal sealed class PutImageTagMutability(Berth.Registry.Repositories repositories)
    : Operation<PutImageTagMutability.Request, PutImageTagMutability.Response>
{
    public sealed record Request
    {
        [Pattern(Patterns.RegistryId)]
        public string? RegistryId { get; init; }

        [Length(2, 256), Pattern(Patterns.RepositoryName)]
        public required string RepositoryName { get; init; }

        [Values("IMMUTABLE", "MUTABLE", "MUTABLE_WITH_EXCLUSION", "IMMUTABLE_WITH_EXCLUSION")]
        public required string ImageTagMutability { get; init; }

        [Count(1, 5)]
        public IReadOnlyList<ExclusionFilter>? ImageTagMutabilityExclusionFilters { get; init; }
    }

    public sealed record Response(
        string RegistryId,
        string RepositoryName,
        string ImageTagMutability,
        IReadOnlyList<ExclusionFilter>? ImageTagMutabilityExclusionFilters);

    public override AccessLevel Level => AccessLevel.Write;

    protected override string Resource(Call call, Request request) =>
        call.RepositoryArn(request.RegistryId, request.RepositoryName);

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        var id = call.Repository(request.RegistryId, request.RepositoryName);
        var rule = ExclusionFilter.ToRule(request.ImageTagMutability, request.ImageTagMutabilityExclusionFilters);
        var repository = await repositories.PutTagMutabilityAsync(id, rule, cancel);
        return new(
            id.Account.ToString(),
            id.Name.ToString(),
            repository.TagMutability.Setting.Wire(),
            ExclusionFilter.Of(repository.TagMutability));
    }
}
