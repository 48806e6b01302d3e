using System.Text;
using Berth.Server.Gate;
using Berth.Vocabulary;

namespace Berth.Server.Oci;

/// <summary>Begins answers: gives each its request id and what every answer of the wire says.</summary>
internal sealed class OciAnswers(Ids ids, ILogger<OciAnswers> log)
{
    /// <summary>Begins the answer to a request.</summary>
    public OciAnswer Begin(HttpContext http)
    {
        http.Response.Headers["Docker-Distribution-Api-Version"] = "registry/2.0";
        return new(http, ids.NewRequest(), log);
    }
}

/// <summary>The answer to one request, when it is not what was hoped for.</summary>
internal sealed class OciAnswer(HttpContext http, string requestId, ILogger log)
{
    private static readonly byte[] NotAuthorized = "Not Authorized\n"u8.ToArray();

    /// <summary>The id the request is logged and recorded under.</summary>
    public string RequestId => requestId;

    /// <summary>Answers what went wrong: a fault as the table spells it, anything else as a bug that only the log explains.</summary>
    public async Task FailAsync(Exception failure, CancellationToken cancel)
    {
        if (cancel.IsCancellationRequested)
        {
            // The client is gone; there is nobody to answer, and nothing that the operator could mend.
            log.LogDebug("Request {RequestId} ended with its connection", requestId);
            return;
        }

        var error = Spell(failure);
        if (error.Status >= StatusCodes.Status500InternalServerError)
        {
            log.LogFailure(http, failure, requestId);
        }

        if (http.Response.HasStarted)
        {
            // Half an answer must not look like a whole one.
            http.Abort();
            return;
        }

        AuthorizationMessages.Attach(http.Response, failure);
        Throttle.Attach(http.Response, failure);
        await WriteAsync(error, cancel);
    }

    private OciError Spell(Exception failure) => failure switch
    {
        FaultException { Fault: var fault } => OciErrors.Of(fault),
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => new(413, "SIZE_INVALID", failure.Message),
        BadHttpRequestException => OciErrors.Of(new RequestUnreadable(failure.Message)),
        _ => OciErrors.Unexpected(requestId),
    };

    private Task WriteAsync(OciError error, CancellationToken cancel)
    {
        http.Response.StatusCode = error.Status;
        http.Response.Headers.ETag = default;
        http.Response.Headers.AcceptRanges = default;
        if (error.Status != StatusCodes.Status401Unauthorized)
        {
            WarnWithoutBody(error);
            return http.Response.WriteJsonAsync(new ErrorList([new(error.Code, error.Message)]), cancel);
        }

        // ECR's challenge, letter for letter: not the envelope, and no space after the comma.
        var origin = $"{http.Request.Scheme}://{http.Request.Host}/";
        http.Response.Headers.WWWAuthenticate = $"Basic realm=\"{origin}\",service=\"ecr.amazonaws.com\"";
        return http.Response.WriteBytesAsync(NotAuthorized, "text/plain; charset=utf-8", cancel);
    }

    // An answer to HEAD has no body, and so no reason in it: a warning is where clients can show one (OCI distribution
    // specification, "Warnings"). Only denials have one, since to most other errors of HEAD nobody is meant to listen.
    private void WarnWithoutBody(OciError error)
    {
        if (HttpMethods.IsHead(http.Request.Method) && error.Code is OciErrors.Denied && Ascii.IsValid(error.Message))
        {
            var quoted = error.Message.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
            http.Response.Headers.Warning = $"299 - \"{quoted}\"";
        }
    }

    private sealed record ErrorList(IReadOnlyList<ErrorItem> Errors);

    private sealed record ErrorItem(string Code, string Message);
}
