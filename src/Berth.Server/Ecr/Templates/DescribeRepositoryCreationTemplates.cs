using Berth.Creation;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Ecr.Shapes;
using Berth.Server.Gate;

namespace Berth.Server.Ecr.Templates;

/// <summary>Describes the creation templates of some prefixes, or page by page all of a registry.</summary>
internal sealed class DescribeRepositoryCreationTemplates(CreationTemplates templates, PageTokens tokens)
    : Operation<DescribeRepositoryCreationTemplates.Request, DescribeRepositoryCreationTemplates.Response>
{
    public sealed record Request
    {
        [Length(1, 256), Pattern(TemplateRequest.Prefix)]
        public IReadOnlyList<string>? Prefixes { get; init; }

        public string? NextToken { get; init; }

        [Range(1, 1000)]
        public int? MaxResults { get; init; }
    }

    public sealed record Response(string RegistryId, IReadOnlyList<TemplateDetail> RepositoryCreationTemplates, string? NextToken);

    public override AccessLevel Level => AccessLevel.Read;

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        var (registry, account) = (call.Registry, call.Registry.Account.ToString());
        if (request.Prefixes is { Count: > 0 } prefixes)
        {
            Paging.RefuseBeside("prefixes", request.NextToken, request.MaxResults);
            return new(account, [.. (await templates.FindAsync(registry, prefixes, cancel)).Select(TemplateDetail.Of)], NextToken: null);
        }

        string[] question = [Name, registry.RepositoryArn("*")];
        var size = request.MaxResults ?? Paging.DefaultSize;
        var after = tokens.Read(question, request.NextToken)?[0];
        var page = Page<CreationTemplate>.Of(await templates.ListAsync(registry, after, size + 1, cancel), size);
        return new(
            account,
            [.. page.Rows.Select(TemplateDetail.Of)],
            page.HasMore ? tokens.Issue(question, page.Rows[^1].Prefix) : null);
    }
}
