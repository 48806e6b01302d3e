using Berth.Registry;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Ecr.Shapes;
using Berth.Server.Gate;

namespace Berth.Server.Ecr.Repositories;

/// <summary>Describes the repositories named, or page by page all of a registry.</summary>
internal sealed class DescribeRepositories(Berth.Registry.Repositories repositories, RegistryHosts hosts, PageTokens tokens)
    : Operation<DescribeRepositories.Request, DescribeRepositories.Response>
{
    public sealed record Request
    {
        [Pattern(Patterns.RegistryId)]
        public string? RegistryId { get; init; }

        [Count(1, 100), Length(2, 256), Pattern(Patterns.RepositoryName)]
        public IReadOnlyList<string>? RepositoryNames { get; init; }

        public string? NextToken { get; init; }

        [Range(1, 1000)]
        public int? MaxResults { get; init; }
    }

    public sealed record Response(IReadOnlyList<RepositoryDetail> Repositories, string? NextToken);

    public override AccessLevel Level => AccessLevel.Read;

    protected override IEnumerable<string> Resources(Call call, Request request) =>
        (request.RepositoryNames ?? ["*"]).Select(name => call.RepositoryArn(request.RegistryId, name));

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        if (request.RepositoryNames is { } names)
        {
            Paging.RefuseBeside("repositoryNames", request.NextToken, request.MaxResults);
            var described = new List<RepositoryDetail>(names.Count);
            foreach (var name in names.Distinct(StringComparer.Ordinal))
            {
                var repository = await repositories.GetAsync(call.Repository(request.RegistryId, name), cancel);
                described.Add(RepositoryDetail.Of(repository, hosts));
            }

            return new(described, NextToken: null);
        }

        var registry = call.RegistryOf(request.RegistryId);
        string[] question = [Name, registry.RepositoryArn("*")];
        var size = request.MaxResults ?? Paging.DefaultSize;
        var after = tokens.Read(question, request.NextToken)?[0];
        var page = Page<Repository>.Of(await repositories.ListAsync(registry, after, size + 1, cancel), size);
        return new(
            [.. page.Rows.Select(repository => RepositoryDetail.Of(repository, hosts))],
            page.HasMore ? tokens.Issue(question, page.Rows[^1].Id.Name.ToString()) : null);
    }
}
