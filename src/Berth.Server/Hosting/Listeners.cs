using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Berth.Server.Gate.Doors;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Berth.Server.Hosting;

/// <summary>The web server with nothing in it but what is used: listeners, TLS, limits and the log.</summary>
internal static class Listeners
{
    // An authorization token is two to three kilobytes; the rest is room for signed headers.
    private const int MaxHeaders = 64 * 1024;
    private const int MaxRequestLine = 16 * 1024;

    private const SslPolicyErrors UnknownSigner = SslPolicyErrors.RemoteCertificateNotAvailable | SslPolicyErrors.RemoteCertificateChainErrors;

    /// <summary>Makes the server; what comes to the address of a VPC endpoint passes <paramref name="keeper"/> before anything is said.</summary>
    public static WebApplication Build(BerthOptions options, DoorGuard keeper, TimeProvider time, TextWriter log)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        var logger = new LineLogger(options.LogFormat, options.LogLevel, time, log);
        builder.Logging.AddProvider(logger);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = options.ShutdownTimeout);
        builder.WebHost.UseKestrelCore();
        if (options.Listen.Any(address => address.IsHttps) || options.DoorListeners.Any(door => door.Address.IsHttps))
        {
            builder.WebHost.UseKestrelHttpsConfiguration();
        }

        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestHeadersTotalSize = MaxHeaders;
            kestrel.Limits.MaxRequestLineSize = MaxRequestLine;

            // A layer is bounded where it is received, and so is every other body: each wire knows its own limits.
            kestrel.Limits.MaxRequestBodySize = null;
            foreach (var address in options.Listen)
            {
                Listen(kestrel, address, options, logger.CreateLogger("Berth.Tls"), time);
            }

            foreach (var door in options.DoorListeners)
            {
                Listen(kestrel, door.Address, options, logger.CreateLogger("Berth.Tls"), time, listen => keeper.Guard(listen, door.EndpointId));
            }
        });
        return builder.Build();
    }

    // A client may present a certificate, and need not. TLS proves that it has the key; whether that makes it a machine is decided by
    // the certificates that are registered, whoever signed them.
    private static SslServerAuthenticationOptions Handshake(SslStreamCertificateContext certificate) => new()
    {
        ServerCertificateContext = certificate,
        ClientCertificateRequired = true,
        RemoteCertificateValidationCallback = static (_, _, _, errors) => (errors & ~UnknownSigner) is SslPolicyErrors.None,

        // Nothing is fetched from where a stranger's certificate points.
        CertificateChainPolicy = new() { DisableCertificateDownloads = true, RevocationMode = X509RevocationMode.NoCheck },
    };

    private static void Listen(
        KestrelServerOptions kestrel, ListenAddress address, BerthOptions options, ILogger log, TimeProvider time, Action<ListenOptions>? guard = null)
    {
        if (address.Address is null)
        {
            kestrel.ListenLocalhost(address.Port, Configure);
        }
        else
        {
            kestrel.Listen(address.Address, address.Port, Configure);
        }

        void Configure(ListenOptions listen)
        {
            // What stands before TLS sees a connection first.
            guard?.Invoke(listen);
            if (!address.IsHttps)
            {
                // Without TLS there is nothing to negotiate HTTP/2 by.
                listen.Protocols = HttpProtocols.Http1;
                return;
            }

            var file = new CertificateFile(options.TlsCertificate!, options.TlsKey!, time, log);
            listen.UseHttps(new TlsHandshakeCallbackOptions { OnConnection = _ => ValueTask.FromResult(Handshake(file.Get())) });
        }
    }
}
