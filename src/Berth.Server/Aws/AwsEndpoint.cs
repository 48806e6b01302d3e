using Berth.Identity;
using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;
using Berth.Server.Gate.Doors;
using Berth.Server.Gate.Recording;

namespace Berth.Server.Aws;

/// <summary>What a request of the AWS wire must pass.</summary>
internal sealed record AwsGate(
    Authenticator Authenticator, Throttle Throttle, Authorizer Authorizer, CallRecorder Recorder, TimeProvider Time);

/// <summary>The AWS wire: every call of every service passes through this one function.</summary>
internal sealed class AwsEndpoint(ServiceList services, AwsGate gate, AwsAnswers answers)
{
    /// <summary>Handles a request and answers it, whatever comes.</summary>
    public async Task HandleAsync(HttpContext http)
    {
        var cancel = http.RequestAborted;
        var answer = answers.Begin(http);
        RecordedCall? recorded = null;
        try
        {
            // 1. Find the operation.
            using var request = await AwsRequest.ReadAsync(http.Request, cancel);
            var route = services.Find(request);
            answer.Protocol = route.Protocol;
            var (service, operation) = route.Get();

            // 2. Authenticate. From here on there is somebody to record.
            var (caller, region) = operation.NeedsSignature
                ? await gate.Authenticator.AuthenticateAsync(WireRequest.Of(http), request.HashBody(), service.Name, cancel)
                : Authenticated.Nobody(http.Request.Host);
            var circumstances = Circumstances.Of(http, region, gate.Time.GetUtcNow());
            recorded = gate.Recorder.Begin(operation.RecordedAs(service), caller, circumstances, answer.RequestId, TlsDetails.Of(http));
            DoorRules.RefuseOther(circumstances.Door, service.Name, region);
            RefuseBeyondReach(caller, service, operation);
            var call = new Call(caller, region, answer.RequestId, circumstances) { Record = recorded.Record };
            await gate.Throttle.PassAsync(call.Registry, $"{service.Name}:{operation.Name}", cancel);

            // 3. Read the request record, and check its constraints.
            var input = Read(service.Protocol, operation, request, recorded.Record);

            // 4. Authorize the action on every resource it names.
            if (operation.NeedsPermission)
            {
                await gate.Authorizer.AuthorizeAsync(call, service.ActionOf(operation), operation, input, cancel);
            }

            // 5. Handle.
            var output = await operation.InvokeAsync(call, input, cancel);

            // 6. Record, and answer.
            await RecordAsync(recorded, operation, output);
            await answer.WriteAsync(operation, output, cancel);
        }
        catch (Exception failure)
        {
            await (recorded?.FailAsync(RecordedErrors.Of(failure, answer.Protocol.ErrorStyle)) ?? default);
            if (cancel.IsCancellationRequested)
            {
                throw;
            }

            await answer.FailAsync(failure, cancel);
        }
    }

    private static object Read(Protocol protocol, Operation operation, AwsRequest request, CallRecord record)
    {
        var input = protocol.Read(operation.RequestType, request);
        record.Parameters = json => RecordedMembers.Write(json, input);
        operation.Check(input);
        Violations.Refuse(input, protocol.ErrorStyle);
        return input;
    }

    private static void RefuseBeyondReach(Caller caller, Service service, Operation operation)
    {
        if (!SessionReach.Covers(caller, service.Name, operation.Name))
        {
            throw Authenticator.Unknown();
        }
    }

    private static ValueTask RecordAsync(RecordedCall recorded, Operation operation, object output)
    {
        recorded.Record.Answer = operation.KeepsAnswer ? json => RecordedMembers.Write(json, output) : null;
        return recorded.EndAsync();
    }
}
