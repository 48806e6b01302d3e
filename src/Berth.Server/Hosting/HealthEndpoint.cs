using Berth.Vocabulary;

namespace Berth.Server.Hosting;

/// <summary><c>/healthz</c>: the process lives. <c>/readyz</c>: it can serve, rows and bytes answer.</summary>
internal sealed class HealthEndpoint(Stores stores)
{
    public static Task HealthAsync(HttpContext http) => AnswerAsync(http, StatusCodes.Status200OK, "ok\n");

    public async Task ReadyAsync(HttpContext http)
    {
        try
        {
            await stores.ProbeAsync(http.RequestAborted);
            await AnswerAsync(http, StatusCodes.Status200OK, "ready\n");
        }
        catch (FaultException)
        {
            await AnswerAsync(http, StatusCodes.Status503ServiceUnavailable, "storage does not answer\n");
        }
    }

    private static Task AnswerAsync(HttpContext http, int status, string text)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/plain; charset=utf-8";
        return http.Response.WriteAsync(text, http.RequestAborted);
    }
}
