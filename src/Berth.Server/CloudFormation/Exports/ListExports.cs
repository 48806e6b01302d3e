using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.CloudFormation.Shapes;
using Berth.Server.Gate;
using Berth.Stacks;

namespace Berth.Server.CloudFormation.Exports;

/// <summary>The values that stacks give to others, page by page.</summary>
internal sealed class ListExports(StackReads stacks, PageTokens tokens) : Operation<ListExports.Request, ListExports.Response>
{
    public sealed record Request
    {
        [Length(1, 1024)]
        public string? NextToken { get; init; }
    }

    public sealed record Response(IReadOnlyList<ExportEntry> Exports, string? NextToken);

    public override AccessLevel Level => AccessLevel.List;

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        var page = await StackPages.ReadAsync(
            tokens, [Name, $"{call.Registry}"], request.NextToken, export => export.Name, (after, limit) => stacks.ExportsAsync(call.Registry, after, limit, cancel));
        return new([.. page.Rows.Select(export => new ExportEntry(export.StackId, export.Name, export.Value))], page.NextToken);
    }

    /// <summary>A value that a stack gives to others.</summary>
    public sealed record ExportEntry(string ExportingStackId, string Name, string Value);
}
