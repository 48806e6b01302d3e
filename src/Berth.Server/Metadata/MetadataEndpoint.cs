using Berth.Server.Gate;
using Berth.Vocabulary;

namespace Berth.Server.Metadata;

/// <summary>
/// Where machines find who they are and what credentials they have: in the way of EC2's instance metadata service, or in that of
/// containers; and pods their credentials. Who does not prove to be one of either learns nothing.
/// </summary>
internal sealed class MetadataEndpoint(MachineMetadata machines, PodCredentials pods, Ids ids, ILogger<MetadataEndpoint> log)
{
    /// <summary>Whether a request is for the machine endpoints.</summary>
    public static bool Serves(HttpRequest http) => MetadataAddress.Find(http.Path.Value ?? "") is not null;

    /// <summary>Answers a request that is for the machine endpoints.</summary>
    public async Task HandleAsync(HttpContext http)
    {
        var address = MetadataAddress.Find(http.Request.Path.Value ?? "")!;

        // From here on nobody who writes down the path writes down the secret.
        http.Request.Path = address.Rest;
        var cancel = http.RequestAborted;
        try
        {
            var answer = address.IsPod ? await pods.AnswerAsync(http.Request, cancel) : await machines.AnswerAsync(http, address, cancel);
            await answer.WriteAsync(http, cancel);
        }
        catch (Exception failure) when (!cancel.IsCancellationRequested)
        {
            await FailAsync(http, failure, cancel);
        }
    }

    private async Task FailAsync(HttpContext http, Exception failure, CancellationToken cancel)
    {
        log.LogFailure(http, failure, ids.NewRequest());
        if (http.Response.HasStarted)
        {
            http.Abort();
            return;
        }

        var isPassing = failure is FaultException { Fault: StorageUnavailable };
        await MetadataAnswer.Of(isPassing ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status500InternalServerError)
            .WriteAsync(http, cancel);
    }
}
