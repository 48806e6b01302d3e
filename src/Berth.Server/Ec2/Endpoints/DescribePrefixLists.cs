using System.Text.Json.Serialization;
using Berth.Network;
using Berth.Server.Aws;
using Berth.Server.Ec2.Shapes;
using Berth.Server.Gate;
using Berth.Vocabulary;

namespace Berth.Server.Ec2.Endpoints;

/// <summary>
/// Tells which lists of addresses routes to gateways have as their destination. Which addresses those are is for whoever runs the server to
/// say, so that the lists are empty.
/// </summary>
internal sealed class DescribePrefixLists(PageTokens tokens) : Ec2Operation<DescribePrefixLists.Request, DescribePrefixLists.Response>
{
    private static readonly VpcEndpoint Untagged = new() { ServiceName = "", Suffix = "" };

    private static readonly Filters<PrefixList> Known = new(
        _ => Untagged,
        ("prefix-list-id", list => [list.PrefixListId]),
        ("prefix-list-name", list => [list.PrefixListName]));

    public sealed record Request : Ec2ListRequest
    {
        [JsonPropertyName("PrefixListId")]
        public IReadOnlyList<string>? PrefixListIds { get; init; }
    }

    /// <summary>A list of blocks that routes name, as a gateway endpoint has one.</summary>
    public sealed record PrefixList(string PrefixListId, string PrefixListName, [property: JsonPropertyName("cidrSet")] IReadOnlyList<string> Cidrs);

    public sealed record Response([property: JsonPropertyName("prefixListSet")] IReadOnlyList<PrefixList> PrefixLists, string? NextToken);

    public override AccessLevel Level => AccessLevel.List;

    protected override Task<Response> RunAsync(Call call, Request request, CancellationToken cancel)
    {
        PrefixList[] all =
        [
            .. DoorService.Of(call.Region).Where(service => service.IsGateway).Select(service => new PrefixList(service.PrefixListId, service.Name, [])),
        ];
        if (request.PrefixListIds?.FirstOrDefault(id => !all.Any(list => string.Equals(list.PrefixListId, id, StringComparison.Ordinal))) is { } unknown)
        {
            throw EndpointRefused.NoPrefixList(unknown).AsException();
        }

        // The smallest page there is holds them all, so that no token is ever given.
        Pages.SizeOf(request, request.PrefixListIds);
        tokens.Read([Name, $"{call.Registry}"], request.NextToken);
        var matches = Known.Read(request.Filters);
        return Task.FromResult(new Response(
            [.. all.Where(list => request.PrefixListIds?.Contains(list.PrefixListId, StringComparer.Ordinal) is not false).Where(matches)], null));
    }
}
