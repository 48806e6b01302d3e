using Berth.Server.Aws;
using Berth.Server.Gate;

namespace Berth.Server.Ecr.Registry;

/// <summary>Describes the settings of the caller's registry.</summary>
internal sealed class DescribeRegistry : Operation<DescribeRegistry.Request, DescribeRegistry.Response>
{
    public sealed record Request;

    public sealed record Response(string RegistryId, ReplicationConfiguration ReplicationConfiguration);

    public sealed record ReplicationConfiguration(IReadOnlyList<ReplicationRule> Rules);

    public sealed record ReplicationRule(IReadOnlyList<ReplicationDestination> Destinations);

    public sealed record ReplicationDestination(string Region, string RegistryId);

    public override AccessLevel Level => AccessLevel.Read;

    // Nothing sets replication rules, so there are none to list.
    protected override Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel) =>
        Task.FromResult(new Response(call.Registry.Account.ToString(), new(Rules: [])));
}
