using System.Text.Json.Serialization;
using Berth.Network;
using Berth.Server.Aws;
using Berth.Server.Ec2.Shapes;
using Berth.Server.Gate;
using Berth.Vocabulary;

namespace Berth.Server.Ec2.Endpoints;

/// <summary>Deletes endpoints; what could not be deleted is listed with its error. Nobody gets through a deleted endpoint from then on.</summary>
internal sealed class DeleteVpcEndpoints(Networks networks) : Ec2Operation<DeleteVpcEndpoints.Request, DeleteVpcEndpoints.Response>
{
    public sealed record Request : Ec2Request
    {
        [JsonPropertyName("VpcEndpointId")]
        public required IReadOnlyList<string> VpcEndpointIds { get; init; }
    }

    /// <summary>An endpoint that could not be deleted.</summary>
    public sealed record Item(ItemError Error, string ResourceId);

    /// <summary>Why not.</summary>
    public sealed record ItemError(string Code, string Message);

    public sealed record Response(IReadOnlyList<Item> Unsuccessful);

    public override AccessLevel Level => AccessLevel.Write;

    protected override IEnumerable<string> Resources(Call call, Request request) =>
        request.VpcEndpointIds.Select(id => NetworkKind.VpcEndpoint.ArnOf(call.Registry, id));

    protected override async Task<Response> RunAsync(Call call, Request request, CancellationToken cancel)
    {
        var failed = await networks.Endpoints.DeleteAsync(call.Registry, request.VpcEndpointIds, cancel);
        return new([.. failed.Select(one => ItemOf(one.Id, AwsErrors.Of(one.Fault, ErrorStyle.Ec2)))]);
    }

    private static Item ItemOf(string id, AwsError error) => new(new(error.Code, error.Message), id);
}
