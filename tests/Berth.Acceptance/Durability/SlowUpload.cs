using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Berth.Acceptance.Images;
using Berth.Acceptance.Running;

namespace Berth.Acceptance.Durability;

/// <summary>A layer on its way, of which as much has been sent as the test decides.</summary>
internal sealed class SlowUpload : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly TcpClient connection = new();
    private readonly CancellationTokenSource limit = new(Patience, TimeProvider.System);
    private readonly byte[] layer;
    private StreamReader? answers;

    private SlowUpload(byte[] layer) => this.layer = layer;

    /// <summary>Begins an upload and sends half of it, once the server has said that it is reading.</summary>
    public static async Task<SlowUpload> StartAsync(Server server, string repository, string password, byte[] layer)
    {
        var upload = new SlowUpload(layer);
        try
        {
            await upload.BeginAsync(server, repository, password);
            return upload;
        }
        catch
        {
            upload.Dispose();
            throw;
        }
    }

    /// <summary>Sends the other half and returns the status line of the answer.</summary>
    public async Task<string?> FinishAsync()
    {
        await connection.GetStream().WriteAsync(layer.AsMemory(layer.Length / 2), limit.Token);
        return await ReadLineAsync();
    }

    /// <summary>What the server answers to half a layer; null when it ends the connection without a word.</summary>
    public async Task<string?> ReadLineAsync()
    {
        try
        {
            return await answers!.ReadLineAsync(limit.Token);
        }
        catch (IOException)
        {
            return null;
        }
    }

    public void Dispose()
    {
        answers?.Dispose();
        connection.Dispose();
        limit.Dispose();
    }

    private async Task BeginAsync(Server server, string repository, string password)
    {
        await connection.ConnectAsync(IPAddress.Loopback, server.Port, limit.Token);
        var stream = connection.GetStream();
        answers = new(stream, Encoding.ASCII);
        await stream.WriteAsync(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"""
            POST /v2/{repository}/blobs/uploads/?digest={SmallImage.DigestOf(layer)} HTTP/1.1
            Host: {server.Registry}
            Authorization: Basic {Convert.ToBase64String(Encoding.ASCII.GetBytes($"AWS:{password}"))}
            Content-Type: application/octet-stream
            Content-Length: {layer.Length}
            Expect: 100-continue


            """).ReplaceLineEndings("\r\n")), limit.Token);
        Assert.Equal("HTTP/1.1 100 Continue", await answers.ReadLineAsync(limit.Token));
        Assert.Equal("", await answers.ReadLineAsync(limit.Token));
        await stream.WriteAsync(layer.AsMemory(0, layer.Length / 2), limit.Token);
    }
}
