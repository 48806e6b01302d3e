using System.Globalization;
using Berth.Server.Gate;
using Berth.Vocabulary;

namespace Berth.Server.Aws;

/// <summary>Begins answers: gives each its request id and the server's time.</summary>
internal sealed class AwsAnswers(Ids ids, TimeProvider time, ILogger<AwsAnswers> log)
{
    /// <summary>Begins the answer to a request.</summary>
    public AwsAnswer Begin(HttpContext http)
    {
        var answer = new AwsAnswer(http.Response, ids.NewRequest(), log) { Protocol = ServiceList.ProtocolOf(http.Request) };
        http.Response.Headers["x-amzn-RequestId"] = answer.RequestId;

        // A client whose clock is wrong corrects it by this header.
        http.Response.Headers.Date = time.GetUtcNow().ToString("R", CultureInfo.InvariantCulture);
        return answer;
    }
}

/// <summary>The answer to one request.</summary>
internal sealed class AwsAnswer(HttpResponse http, string requestId, ILogger log)
{
    /// <summary>The id the request is answered and logged under.</summary>
    public string RequestId => requestId;

    /// <summary>How the answer is written.</summary>
    public required Protocol Protocol { get; set; }

    /// <summary>Answers what the operation gave.</summary>
    public async Task WriteAsync(Operation operation, object response, CancellationToken cancel)
    {
        using var body = new PooledBuffer();
        Protocol.Write(body, operation, response, requestId);
        await SendAsync(StatusCodes.Status200OK, body, cancel);
    }

    /// <summary>Answers what went wrong: a fault as the table spells it, anything else as a bug that only the log explains.</summary>
    public async Task FailAsync(Exception failure, CancellationToken cancel)
    {
        var error = failure is FaultException { Fault: var fault }
            ? AwsErrors.Of(fault, Protocol.ErrorStyle)
            : AwsErrors.Unexpected(Protocol.ErrorStyle);
        if (error.Status >= StatusCodes.Status500InternalServerError)
        {
            log.LogFailure(http.HttpContext, failure, requestId);
        }
        else if (failure is FaultException { Fault: ResourcePolicyInvalid or PolicyPrincipalNotFound })
        {
            // ECR's sentence does not say what is wrong with a policy; whoever runs the server can.
            log.LogInformation("Request {RequestId} refused: {Fault}", requestId, ((FaultException)failure).Fault);
        }

        if (http.HasStarted)
        {
            http.HttpContext.Abort();
            return;
        }

        using var body = new PooledBuffer();
        AuthorizationMessages.Attach(http, failure);
        Throttle.Attach(http, failure);
        Protocol.WriteError(body, error, requestId);
        await SendAsync(error.Status, body, cancel);
    }

    private async Task SendAsync(int status, PooledBuffer body, CancellationToken cancel)
    {
        http.StatusCode = status;
        http.ContentType = Protocol.ContentType;
        http.ContentLength = body.Length;
        await http.Body.WriteAsync(body.Written, cancel);
    }
}
