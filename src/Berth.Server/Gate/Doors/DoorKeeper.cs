using System.Net;
using Berth.Network;

namespace Berth.Server.Gate.Doors;

/// <summary>Stands at the doors: finds which VPC endpoint a request came through, and whether it may come in at all.</summary>
/// <param name="doors">The doors there are.</param>
/// <param name="isForLayers">Whether a request is for the bucket of layers, whatever name it came by.</param>
/// <param name="log">Tells of what was not let in.</param>
internal sealed class DoorKeeper(Berth.Network.Doors doors, Func<HttpRequest, bool> isForLayers, ILogger<DoorKeeper> log)
{
    /// <summary>
    /// Notes the door that a request came through, for its <see cref="Circumstances"/>. False for one that is to have no answer: at a door
    /// that is not there, or whose security groups do not admit its source.
    /// </summary>
    public async ValueTask<bool> AdmitAsync(HttpContext http) =>
        Admit(http, doors.TryGet(out var table) ? table : await doors.GetAsync(http.RequestAborted));

    /// <summary>Whether a connection may be made to the address of an endpoint.</summary>
    /// <param name="endpointId">The endpoint.</param>
    /// <param name="source">Where the connection comes from; null for an address that is none.</param>
    /// <param name="cancel">Ends the wait for the doors.</param>
    public async ValueTask<bool> AdmitAsync(string endpointId, IPAddress? source, CancellationToken cancel) =>
        Admits((await doors.GetAsync(cancel)).Find(endpointId), endpointId, source, byItsAddress: true);

    private bool Admit(HttpContext http, DoorTable table)
    {
        var source = http.Connection.RemoteIpAddress;
        if (http.Features.Get<OwnAddress>() is { EndpointId: var id })
        {
            return Enter(http, table.Find(id), id, byItsAddress: true);
        }

        var host = http.Request.Host.Host;
        if ((table.IsEmpty && !DoorName.IsOwnForm(host)) || source is null || DoorName.Find(host) is not { } name)
        {
            return true;
        }

        var door = table.Find(name, source);
        if (name.EndpointId is { } named)
        {
            return Enter(http, door, named, byItsAddress: false);
        }

        // Layers have a door of their own, whichever of our names their URLs have.
        return door is null || isForLayers(http.Request) || Enter(http, door, door.EndpointId, byItsAddress: false);
    }

    private bool Enter(HttpContext http, Door? door, string endpointId, bool byItsAddress)
    {
        if (!Admits(door, endpointId, http.Connection.RemoteIpAddress, byItsAddress))
        {
            return false;
        }

        http.Features.Set(door);
        return true;
    }

    private bool Admits(Door? door, string endpointId, IPAddress? source, bool byItsAddress)
    {
        if (door is null or { Service.IsGateway: true })
        {
            log.LogInformation("Closed a connection from {Source}: there is no interface VPC endpoint {Endpoint}", source, endpointId);
            return false;
        }

        if (source is null || !door.Admits(source, byItsAddress))
        {
            log.LogInformation("Closed a connection from {Source}: no security group of {Endpoint} admits it to port 443", source, endpointId);
            return false;
        }

        return true;
    }
}
