using Berth.Identity.Delivery;
using Berth.Server.Aws;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;

namespace Berth.Server.Delivery;

/// <summary>Lists page by page the machines of the caller's account in the Region.</summary>
internal sealed class ListMachines(Machines machines, PageTokens tokens) : Operation<ListMachines.Request, ListMachines.Response>
{
    private const int DefaultSize = 100;

    public sealed record Request
    {
        public string? NextToken { get; init; }

        [Range(1, 1000)]
        public int? MaxResults { get; init; }
    }

    public sealed record Response(IReadOnlyList<MachineDetail> Machines, string? NextToken);

    public override AccessLevel Level => AccessLevel.List;

    protected override async Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel)
    {
        string[] question = [Name, $"{call.Registry}"];
        var size = request.MaxResults ?? DefaultSize;
        var after = tokens.Read(question, request.NextToken)?[0];
        var page = Page<Machine>.Of(await machines.ListAsync(call.Registry, after, size + 1, cancel), size);
        return new(
            [.. page.Rows.Select(MachineDetail.Of)],
            page.HasMore ? tokens.Issue(question, page.Rows[^1].InstanceId) : null);
    }
}
