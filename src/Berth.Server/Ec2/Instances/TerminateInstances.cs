using System.Text.Json.Serialization;
using Berth.Network;
using Berth.Server.Aws;
using Berth.Server.Ec2.Shapes;
using Berth.Server.Gate;
using Berth.Vocabulary;

namespace Berth.Server.Ec2.Instances;

/// <summary>Ends instances: their machines are revoked at once, and their addresses free.</summary>
internal sealed class TerminateInstances(Networks networks) : Ec2Operation<TerminateInstances.Request, TerminateInstances.Response>
{
    public sealed record Request : Ec2Request
    {
        [JsonPropertyName("InstanceId")]
        public required IReadOnlyList<string> InstanceIds { get; init; }
    }

    public sealed record Response([property: JsonPropertyName("instancesSet")] IReadOnlyList<Change> TerminatingInstances);

    /// <summary>What became of an instance.</summary>
    public sealed record Change(string InstanceId, InstanceStateDetail CurrentState, InstanceStateDetail PreviousState);

    public override AccessLevel Level => AccessLevel.Write;

    protected override IEnumerable<string> Resources(Call call, Request request) => [.. request.InstanceIds.Select(id => NetworkKind.Instance.ArnOf(call.Registry, id))];

    protected override async Task<Response> RunAsync(Call call, Request request, CancellationToken cancel)
    {
        var before = await networks.Instances.TerminateAsync(call.Registry, request.InstanceIds, cancel);
        return new([.. before.Select(one => new Change(one.Id, InstanceStateDetail.Of(Instance.Terminated), InstanceStateDetail.Of(one.State)))]);
    }
}
