using Berth.Server.Gate;

namespace Berth.Server.Oci;

/// <summary>The OCI wire: every request under <c>/v2/</c> passes through this one function.</summary>
internal sealed class OciDispatcher(
    IReadOnlyList<OciEndpoint> endpoints, OciAuthenticator authenticator, Authorizer authorizer, RegistryHosts hosts, OciAnswers answers)
{
    private readonly OciRoutes routes = new(endpoints.Select(endpoint => endpoint.Route));
    private readonly Dictionary<OciRoute, OciEndpoint> byRoute = endpoints.ToDictionary(endpoint => endpoint.Route);

    /// <summary>Handles a request and answers it, whatever comes.</summary>
    public async Task HandleAsync(HttpContext http)
    {
        var cancel = http.RequestAborted;
        var answer = answers.Begin(http);
        try
        {
            // 1. Find the endpoint.
            var match = routes.Match(http.Request.Method, WireRequest.Of(http).Path);
            var endpoint = byRoute[match.Route];

            // 2. Authenticate: whoever did not say who they are learns nothing more.
            var caller = await authenticator.AuthenticateAsync(http.Request, cancel);

            // 3. Read the registry and the repository's name.
            var call = new OciCall(http, match, hosts.Resolve(http.Request.Host.Value ?? ""), caller, authorizer);

            // 4. Authorize, before anything is looked up.
            if (match.Route.As is { } operation)
            {
                await call.AuthorizeAsync(operation, endpoint.ResourceOf(call), cancel);
            }

            // 5. Handle and answer.
            await endpoint.HandleAsync(call, cancel);
        }
        catch (Exception failure)
        {
            await answer.FailAsync(failure, cancel);
        }
    }
}
