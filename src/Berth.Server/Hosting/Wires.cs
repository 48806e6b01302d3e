using Berth.Identity;
using Berth.Server.Aws;
using Berth.Server.Gate;
using Berth.Server.Sts;

namespace Berth.Server.Hosting;

/// <summary>One port, many names: what a request is, is decided by its path and host, and handed to the wire that speaks it.</summary>
internal sealed class Wires
{
    private readonly HealthEndpoint health;
    private readonly AwsEndpoint aws;

    public Wires(BerthOptions options, Stores stores, Domain domain, AccessKeys keys, ILoggerFactory loggers, TimeProvider time)
    {
        var authorizer = new Authorizer(loggers.CreateLogger<Authorizer>());
        health = new(stores);
        aws = new(
            new(StsService.Create()),
            new(keys, new(), time),
            authorizer,
            new(stores.Ids, time, loggers.CreateLogger<AwsAnswers>()),
            time);
    }

    /// <summary>Handles a request of whatever kind.</summary>
    public Task HandleAsync(HttpContext http)
    {
        var path = http.Request.Path.Value ?? "";
        return path switch
        {
            "/healthz" => HealthEndpoint.HealthAsync(http),
            "/readyz" => health.ReadyAsync(http),
            _ => aws.HandleAsync(http),
        };
    }
}
