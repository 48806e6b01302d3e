using System.Text;
using Berth.Network;
using Berth.Vocabulary;

namespace Berth.Server.Gate.Doors;

/// <summary>Refuses what an endpoint does not lead to, where no protocol has errors of its own.</summary>
internal static class DoorRefusal
{
    /// <summary>Answers 403 with the sentence of <see cref="DoorLeadsElsewhere"/>.</summary>
    public static Task WriteAsync(HttpContext http, Door door, string service)
    {
        http.Response.StatusCode = StatusCodes.Status403Forbidden;
        http.Response.ContentType = "text/plain; charset=utf-8";
        return http.Response.Body.WriteAsync(
            Encoding.UTF8.GetBytes(new DoorLeadsElsewhere(door.EndpointId, door.Service.Name, service).Message), http.RequestAborted).AsTask();
    }
}
