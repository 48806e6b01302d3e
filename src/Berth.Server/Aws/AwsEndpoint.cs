using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;

namespace Berth.Server.Aws;

/// <summary>What a call must pass.</summary>
internal sealed record AwsGate(Authenticator Authenticator, Throttle Throttle, Authorizer Authorizer, TimeProvider Time);

/// <summary>The AWS wire: every call of every service passes through this one function.</summary>
internal sealed class AwsEndpoint(ServiceList services, AwsGate gate, AwsAnswers answers)
{
    /// <summary>Handles a request and answers it, whatever comes.</summary>
    public async Task HandleAsync(HttpContext http)
    {
        var cancel = http.RequestAborted;
        var answer = answers.Begin(http);
        try
        {
            // 1. Find the operation.
            using var request = await AwsRequest.ReadAsync(http.Request, cancel);
            var route = services.Find(request);
            answer.Protocol = route.Protocol;
            var (service, operation) = route.Get();

            // 2. Authenticate.
            var (caller, region) = operation.NeedsSignature
                ? await gate.Authenticator.AuthenticateAsync(WireRequest.Of(http), request.HashBody(), service.Name, cancel)
                : Authenticated.Nobody(http.Request.Host);
            if (!SessionReach.Covers(caller, service.Name, operation.Name))
            {
                throw Authenticator.Unknown();
            }

            var call = new Call(caller, region, answer.RequestId, Circumstances.Of(http, region, gate.Time.GetUtcNow()));

            await gate.Throttle.PassAsync(call.Registry, $"{service.Name}:{operation.Name}", cancel);

            // 3. Read the request record.
            var input = service.Protocol.Read(operation.RequestType, request);

            // 4. Check its constraints.
            Violations.Refuse(input, service.Protocol.ErrorStyle);

            // 5. Authorize the action on every resource it names.
            if (operation.NeedsPermission)
            {
                await AuthorizeAsync(call, service.ActionOf(operation), operation, input, cancel);
            }

            // 6. Handle.
            var output = await operation.InvokeAsync(call, input, cancel);

            // 7. Answer.
            await answer.WriteAsync(operation, output, cancel);
        }
        catch (Exception failure) when (!cancel.IsCancellationRequested)
        {
            await answer.FailAsync(failure, cancel);
        }
    }

    private async ValueTask AuthorizeAsync(Call call, string action, Operation operation, object input, CancellationToken cancel)
    {
        var keys = operation.KeysOf(input);
        foreach (var resource in operation.ResourcesOf(call, input))
        {
            await gate.Authorizer.AuthorizeAsync(call.To(action, resource, keys), cancel);
        }
    }
}
