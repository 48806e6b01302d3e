using Berth.Server.Aws;
using Berth.Server.Gate;

namespace Berth.Server.Ecr.Registry;

/// <summary>Describes the settings of the caller's registry.</summary>
internal sealed class DescribeRegistry : Operation<DescribeRegistry.Request, DescribeRegistry.Response>
{
    public sealed record Request;

    public sealed record Response(string RegistryId, ReplicationConfiguration ReplicationConfiguration);

    /// <summary>To which other registries images are copied.</summary>
    public sealed record ReplicationConfiguration(IReadOnlyList<ReplicationRule> Rules);

    /// <summary>One rule on what is copied where.</summary>
    public sealed record ReplicationRule(IReadOnlyList<ReplicationDestination> Destinations);

    /// <summary>A registry that images are copied to.</summary>
    public sealed record ReplicationDestination(string Region, string RegistryId);

    public override AccessLevel Level => AccessLevel.Read;

    // Nothing sets replication rules, so there are none to list.
    protected override Task<Response> HandleAsync(Call call, Request request, CancellationToken cancel) =>
        Task.FromResult(new Response(call.Registry.Account.ToString(), new(Rules: [])));
}
