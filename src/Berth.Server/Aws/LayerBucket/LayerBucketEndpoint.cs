using Berth.Registry;
using Berth.Server.Gate;
using Berth.Vocabulary;

namespace Berth.Server.Aws.LayerBucket;

/// <summary>The bucket that layers are downloaded from, with URLs that <see cref="LayerUrls"/> has signed.</summary>
internal sealed class LayerBucketEndpoint(
    Layers layers, BucketGate gate, Ids ids, ILogger<LayerBucketEndpoint> log)
{
    /// <summary>Whether a request is for a layer bucket.</summary>
    public static bool Serves(HttpRequest http) => BucketAddress.Find(http) is not null;

    /// <summary>Answers a request that is for a layer bucket.</summary>
    public async Task HandleAsync(HttpContext http)
    {
        var requestId = ids.NewRequest();
        http.Response.Headers["x-amz-request-id"] = requestId;
        try
        {
            if (await ServeAsync(http, BucketAddress.Find(http.Request)!) is { } error)
            {
                await RefuseAsync(http, error, requestId);
            }
        }
        catch (Exception failure) when (!http.RequestAborted.IsCancellationRequested)
        {
            await FailAsync(http, failure, requestId);
        }
    }

    private async Task<S3Error?> ServeAsync(HttpContext http, BucketAddress address)
    {
        var (request, cancel) = (WireRequest.Of(http), http.RequestAborted);
        if (request.Method is not ("GET" or "HEAD"))
        {
            return S3Error.MethodNotAllowed(request.Method);
        }

        if (await gate.FindFlawAsync(http, request, address) is { } flaw)
        {
            return flaw;
        }

        if (LayerObject.Find(address.Key) is not { } named
            || await layers.FindStoredAsync(named.RepositoryKey, named.Stored, cancel) is not { } layer
            || LayerObject.Of(layer) != named)
        {
            return S3Error.NoSuchKey(address.Key);
        }

        if (request.Method is "HEAD")
        {
            LayerResponse.Describe(http.Response, layer);
        }
        else
        {
            await LayerResponse.WriteAsync(http, layers, layer, cancel);
        }

        return null;
    }

    private async Task FailAsync(HttpContext http, Exception failure, string requestId)
    {
        var fault = (failure as FaultException)?.Fault;
        if (fault is not (RangeNotSatisfiable or LayerArchived))
        {
            log.LogFailure(http, failure, requestId);
        }

        if (http.Response.HasStarted)
        {
            // The length was promised: a connection that breaks is the one way left to say that bytes are missing.
            http.Abort();
            return;
        }

        await RefuseAsync(http, S3Error.Of(fault), requestId);
    }

    private static async Task RefuseAsync(HttpContext http, S3Error error, string requestId)
    {
        var body = error.ToXml(requestId);
        http.Response.StatusCode = error.Status;
        http.Response.ContentType = "application/xml";
        http.Response.ContentLength = body.Length;
        http.Response.Headers.ETag = default;
        if (!HttpMethods.IsHead(http.Request.Method))
        {
            await http.Response.Body.WriteAsync(body, http.RequestAborted);
        }
    }
}
