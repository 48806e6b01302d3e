using Berth.Server.Aws;
using Berth.Stacks;
using Berth.Vocabulary;

namespace Berth.Server.CloudFormation.Types;

/// <summary>The calls that types make: each in CloudFormation's name, with the permissions of whoever asked for the change of the stack.</summary>
internal sealed class ResourceCalls(ForwardedCalls calls, Ids ids)
{
    private const string Service = "cloudformation.amazonaws.com";

    /// <summary>Calls an operation; what it refuses is a <see cref="ServiceRefusal"/>.</summary>
    public async Task<TResponse> CallAsync<TResponse>(ResourceWork work, object request, CancellationToken cancel)
        where TResponse : class
    {
        var requestId = NewToken();
        try
        {
            return await calls.CallAsync<TResponse>(new(work.Caller, work.Home.Region, Service) { RequestId = requestId }, request, cancel);
        }
        catch (FaultException refused)
        {
            var service = calls.ServiceOf(request);
            throw new ServiceRefusal(service.Name, AwsErrors.Of(refused.Fault, service.Protocol.ErrorStyle), requestId, refused);
        }
    }

    /// <summary>Calls an operation whose answer says nothing.</summary>
    public Task DoAsync(ResourceWork work, object request, CancellationToken cancel) => CallAsync<object>(work, request, cancel);

    /// <summary>Calls an operation that takes something away; that it is gone already, as a fault of that kind says, is as good.</summary>
    public async Task RemoveAsync<TGone>(ResourceWork work, object request, CancellationToken cancel)
        where TGone : Fault
    {
        try
        {
            await DoAsync(work, request, cancel);
        }
        catch (ServiceRefusal refusal) when (refusal.Fault is TGone)
        {
        }
    }

    /// <summary>Calls an operation that takes something away; that it is gone already, as an error code says, is as good.</summary>
    public async Task RemoveAsync(ResourceWork work, object request, Func<string, bool> isGone, CancellationToken cancel)
    {
        try
        {
            await DoAsync(work, request, cancel);
        }
        catch (ServiceRefusal refusal) when (isGone(refusal.Error.Code))
        {
        }
    }

    /// <summary>A new id, for a request or for what is tried with a resource.</summary>
    public string NewToken() => ids.NewRequest();
}
