using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Berth.Server.Gate.Doors;

/// <summary>
/// Guards the addresses that are one VPC endpoint's alone: a source that its security groups do not admit gets no connection, which is
/// closed before a byte of TLS or HTTP is exchanged.
/// </summary>
/// <param name="doors">The doors there are.</param>
/// <param name="proxies">Reverse proxies, whose clients are known only once their requests are read.</param>
internal sealed class DoorGuard(Berth.Network.Doors doors, TrustedProxies proxies)
{
    /// <summary>Guards a listener; to be called before TLS is added to it.</summary>
    public void Guard(ListenOptions listen, string endpointId)
    {
        var keeper = new DoorKeeper(doors, _ => false, listen.ApplicationServices.GetRequiredService<ILogger<DoorKeeper>>());
        listen.Use(next => connection => PassAsync(keeper, endpointId, connection, next));
    }

    private async Task PassAsync(DoorKeeper keeper, string endpointId, ConnectionContext connection, ConnectionDelegate next)
    {
        var source = TrustedProxies.Plain((connection.RemoteEndPoint as IPEndPoint)?.Address);
        if ((source is not null && proxies.Trusts(source)) || await IsAdmittedAsync(keeper, endpointId, source, connection))
        {
            connection.Features.Set(new OwnAddress(endpointId));
            await next(connection);
        }
        else
        {
            connection.Abort();
        }
    }

    // While nobody can tell who is admitted, nobody is.
    private static async ValueTask<bool> IsAdmittedAsync(DoorKeeper keeper, string endpointId, IPAddress? source, ConnectionContext connection)
    {
        try
        {
            return await keeper.AdmitAsync(endpointId, source, connection.ConnectionClosed);
        }
        catch (Exception failure) when (failure is Vocabulary.FaultException or OperationCanceledException)
        {
            return false;
        }
    }
}
