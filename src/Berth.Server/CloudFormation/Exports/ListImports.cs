using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.CloudFormation.Shapes;
using Berth.Server.Gate;
using Berth.Stacks;
using Berth.Vocabulary;

namespace Berth.Server.CloudFormation.Exports;

/// <summary>The stacks that take an export, page by page.</summary>
internal sealed class ListImports(StackReads stacks, PageTokens tokens) : Operation<ListImports.Request, ListImports.Response>
{
    public sealed record Request
    {
        public required string ExportName { get; init; }

        [Length(1, 1024)]
        public string? NextToken { get; init; }
    }

    public sealed record Response(IReadOnlyList<string> Imports, string? NextToken);

    public override AccessLevel Level => AccessLevel.List;

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        var page = await StackPages.ReadAsync(
            tokens, [Name, $"{call.Registry}", request.ExportName], request.NextToken, name => name, (after, limit) => stacks.ImportersAsync(call.Registry, request.ExportName, after, limit, cancel));
        return page.Rows.Count == 0 && request.NextToken is null
            ? throw new StackRequestInvalid($"Export '{request.ExportName}' is not imported by any stack.").AsException()
            : new(page.Rows, page.NextToken);
    }
}
