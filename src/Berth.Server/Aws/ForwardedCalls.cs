using Berth.Server.Aws.Constraints;
using Berth.Server.Gate;
using Berth.Server.Gate.Recording;
using Berth.Vocabulary;

namespace Berth.Server.Aws;

/// <summary>
/// Calls operations on behalf of somebody, as services of AWS do with forward access sessions: the same checks, the same permissions and
/// the same records as if they had called it themselves, but no signature and no rate.
/// </summary>
internal sealed class ForwardedCalls(ServiceList services, Authorizer authorizer, CallRecorder recorder, Ids ids, TimeProvider time)
{
    /// <summary>The service that a request goes to.</summary>
    public Service ServiceOf(object request) => services.FindByRequest(request.GetType()).Service;

    /// <summary>Calls the operation that a request belongs to; what goes wrong is the fault that the wire would have spelled.</summary>
    /// <typeparam name="TResponse">What that operation answers.</typeparam>
    public async Task<TResponse> CallAsync<TResponse>(Forwarder from, object request, CancellationToken cancel)
        where TResponse : class
    {
        var (service, operation) = services.FindByRequest(request.GetType());
        var circumstances = Circumstances.OfService(from.Service, from.Region, time.GetUtcNow());
        var requestId = from.RequestId ?? ids.NewRequest();
        var recorded = recorder.Begin(operation.RecordedAs(service), from.Caller, circumstances, requestId, tls: null);
        var call = new Call(from.Caller, from.Region, requestId, circumstances) { Record = recorded.Record };
        try
        {
            recorded.Record.Parameters = json => RecordedMembers.Write(json, request);
            operation.Check(request);
            Violations.Refuse(request, service.Protocol.ErrorStyle);
            if (operation.NeedsPermission)
            {
                await authorizer.AuthorizeAsync(call, service.ActionOf(operation), operation, request, cancel);
            }

            var output = await operation.InvokeAsync(call, request, cancel);
            recorded.Record.Answer = operation.KeepsAnswer ? json => RecordedMembers.Write(json, output) : null;
            await recorded.EndAsync();
            return (TResponse)output;
        }
        catch (Exception failure)
        {
            await recorded.FailAsync(RecordedErrors.Of(failure, service.Protocol.ErrorStyle));
            throw;
        }
    }
}

/// <summary>On whose behalf which service calls.</summary>
/// <param name="Caller">With whose permissions.</param>
/// <param name="Region">In which Region.</param>
/// <param name="Service">The service that calls, such as <c>cloudformation.amazonaws.com</c>.</param>
internal sealed record Forwarder(Identity.Caller Caller, RegionName Region, string Service)
{
    /// <summary>The id of the call, for a service that has to tell it; otherwise it gets a new one.</summary>
    public string? RequestId { get; init; }
}
