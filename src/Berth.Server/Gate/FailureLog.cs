using Berth.Vocabulary;

namespace Berth.Server.Gate;

/// <summary>How a request that the server failed stands in the log: once, under its id.</summary>
internal static class FailureLog
{
    /// <summary>Writes one line. A fault says all in its own words; where anything else came from is for its trace to tell.</summary>
    public static void LogFailure(this ILogger log, HttpContext http, Exception failure, string requestId)
    {
        var (method, path) = (http.Request.Method, http.Request.Path);
        if (failure is FaultException { Fault: var fault })
        {
            log.LogError("Request {RequestId} failed: {Method} {Path}: {Fault}", requestId, method, path, fault);
        }
        else
        {
            log.LogError(failure, "Request {RequestId} failed unexpectedly: {Method} {Path}", requestId, method, path);
        }
    }
}
