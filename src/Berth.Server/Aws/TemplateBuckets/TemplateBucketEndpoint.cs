using Berth.Server.Aws.LayerBucket;
using Berth.Server.Gate;
using Berth.Server.Gate.Recording;
using Berth.Vocabulary;

namespace Berth.Server.Aws.TemplateBuckets;

/// <summary>
/// The upload area of templates: as much of S3 as <c>aws s3 mb|cp|ls|rm|rb</c>, <c>aws cloudformation package</c> and CDK need to bring
/// templates to where a <c>TemplateURL</c> finds them. Nothing else is kept here.
/// </summary>
internal sealed class TemplateBucketEndpoint(AwsGate gate, UploadActions actions, Ids ids, ILogger<TemplateBucketEndpoint> log)
{
    private const string Service = "s3";

    /// <summary>Answers a request that was signed for S3.</summary>
    public async Task HandleAsync(HttpContext http)
    {
        var requestId = ids.NewRequest();
        http.Response.Headers["x-amz-request-id"] = requestId;
        RecordedCall? recorded = null;
        try
        {
            var (address, wire) = (UploadAddress.Of(http.Request), WireRequest.Of(http));
            var action = UploadAction.Of(http.Request, address);
            using var body = await AwsRequest.ReadAsync(http.Request, http.RequestAborted);
            var (caller, region) = await gate.Authenticator.AuthenticateAsync(wire, UploadBody.HashOf(wire, body), Service, http.RequestAborted);
            var circumstances = Circumstances.Of(http, region, gate.Time.GetUtcNow());
            if (action is null)
            {
                await S3Error.NotImplemented.WriteAsync(http, requestId);
                return;
            }

            recorded = gate.Recorder.Begin(new(CallName.SourceOf(Service), action.Name, action.IsReadOnly), caller, circumstances, requestId, TlsDetails.Of(http));
            await gate.Throttle.PassAsync(new(caller.Account, region), action.Action, http.RequestAborted);
            recorded.Record.Concern(address.Arn);
            await gate.Authorizer.AuthorizeAsync(new(caller, circumstances, action.Action, address.Arn), http.RequestAborted);
            await actions.RunAsync(new(http, action.Name, address, new(caller.Account, region)), () => UploadBody.Read(wire, body), http.RequestAborted);
            await recorded.EndAsync();
        }
        catch (Exception failure)
        {
            await (recorded?.FailAsync(RecordedErrors.Of(failure, ErrorStyle.Query)) ?? default);
            if (http.RequestAborted.IsCancellationRequested)
            {
                throw;
            }

            await FailAsync(http, failure, requestId);
        }
    }

    private async Task FailAsync(HttpContext http, Exception failure, string requestId)
    {
        var error = S3Error.Of((failure as FaultException)?.Fault);
        if (error.Status >= 500)
        {
            log.LogFailure(http, failure, requestId);
        }

        await error.WriteAsync(http, requestId);
    }
}
