using Berth.Network;
using Berth.Server.Gate;
using Berth.Server.Gate.Doors;
using Berth.Server.Gate.Recording;

namespace Berth.Server.Oci;

/// <summary>What a request under <c>/v2/</c> must pass.</summary>
internal sealed record OciGate(
    OciAuthenticator Authenticator, Throttle Throttle, Authorizer Authorizer, CallRecorder Recorder, TimeProvider Time)
{
    /// <summary>How records spell what went wrong: as ECR does.</summary>
    public required Func<Exception, RecordedError> SpellError { get; init; }
}

/// <summary>The OCI wire: every request under <c>/v2/</c> passes through this one function.</summary>
internal sealed class OciDispatcher(
    IReadOnlyList<OciEndpoint> endpoints, OciGate gate, RegistryHosts hosts, OciAnswers answers)
{
    private readonly OciRoutes routes = new(endpoints.Select(endpoint => endpoint.Route));
    private readonly Dictionary<OciRoute, OciEndpoint> byRoute = endpoints.ToDictionary(endpoint => endpoint.Route);

    /// <summary>Handles a request and answers it, whatever comes.</summary>
    public async Task HandleAsync(HttpContext http)
    {
        var cancel = http.RequestAborted;
        var answer = answers.Begin(http);
        RecordedCall? recorded = null;
        try
        {
            // 1. Find the endpoint.
            var match = routes.Match(http.Request.Method, WireRequest.Of(http).Path);
            var endpoint = byRoute[match.Route];

            // 2. Authenticate: whoever did not say who they are learns nothing more.
            var caller = await gate.Authenticator.AuthenticateAsync(http.Request, cancel);

            // 3. Read the registry and the repository's name.
            var door = http.Features.Get<Door>();
            var registry = hosts.Resolve(http.Request.Host.Value ?? "", door);
            var circumstances = Circumstances.Of(http, registry.Region, gate.Time.GetUtcNow());
            if (endpoint.RecordedAs is { } name)
            {
                recorded = gate.Recorder.Begin(name, caller, circumstances, answer.RequestId, TlsDetails.Of(http));
            }

            var call = new OciCall(http, match, registry, new Permit(caller, circumstances, gate.Authorizer)) { Record = recorded?.Record };
            call.Describe(endpoint);

            // 4. Authorize, before anything is looked up.
            DoorRules.RefuseOther(door, DoorKind.Registry, registry.Region);
            await AuthorizeAsync(call, circumstances, match.Route.As, endpoint, cancel);

            // 5. Handle and answer.
            await endpoint.HandleAsync(call, cancel);
            await (recorded?.EndAsync() ?? default);
        }
        catch (Exception failure)
        {
            await (recorded?.FailAsync(gate.SpellError(failure)) ?? default);
            await answer.FailAsync(failure, cancel);
        }
    }

    // What needs no permission is still not for those who should have come through a door.
    private async ValueTask AuthorizeAsync(OciCall call, Circumstances circumstances, string? operation, OciEndpoint endpoint, CancellationToken cancel)
    {
        if (operation is null)
        {
            await gate.Authorizer.RefuseOutsideDoorsAsync(
                new(call.Caller, circumstances, "ecr:GetAuthorizationToken", call.Registry.RepositoryArn("*")), cancel);
            return;
        }

        await gate.Throttle.PassAsync(new(call.Caller.Account, call.Registry.Region), $"ecr:{operation}", cancel);
        await call.AuthorizeAsync(operation, endpoint.ResourceOf(call), cancel);
    }
}
