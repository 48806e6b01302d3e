using System.Net;
using System.Net.Sockets;
using Berth.Acceptance.Clients;
using Berth.Acceptance.Images;
using Berth.Acceptance.Journeys;
using Berth.Acceptance.Running;

namespace Berth.Acceptance.Durability;

/// <summary>What a running transfer meets when the server is told to stop.</summary>
public sealed class StopTests(Server server) : Journey(server), IClassFixture<Server>
{
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(30);
    private readonly byte[] layer = SmallImage.OfSize(4_000_000, seed: 15).Layer;
    private string password = "";

    [Fact]
    public async Task A_transfer_ends_well_while_nobody_new_is_let_in()
    {
        await Aws.CreateRepositoryAsync("whole");
        using var upload = await SlowUpload.StartAsync(Server, "whole", password, layer);

        var stopped = Server.StopAsync();
        await UntilRefusedAsync();
        Assert.False(stopped.IsCompleted, "the server did not wait for the transfer");

        Assert.Equal("HTTP/1.1 201 Created", await upload.FinishAsync());
        Assert.Equal(0, await stopped);
        await Server.StartAsync();
        Assert.Equal("200", await StatLayerAsync("whole"));
    }

    [Fact]
    public async Task A_transfer_that_does_not_end_is_cut_and_the_server_stops_all_the_same()
    {
        await Aws.CreateRepositoryAsync("cut");
        await Server.StopAsync();
        var settings = Path.Combine(Server.Data, "berth.json");
        await File.WriteAllTextAsync(settings, """{ "Shutdown": { "Timeout": "2s" } }""");
        await Server.StartAsync();
        using var upload = await SlowUpload.StartAsync(Server, "cut", password, layer);

        var told = TimeProvider.System.GetTimestamp();
        Assert.Equal(0, await Server.StopAsync());

        Assert.InRange(TimeProvider.System.GetElapsedTime(told), TimeSpan.FromSeconds(2), DefaultTimeout);
        Assert.DoesNotContain("201", await upload.ReadLineAsync() ?? "", StringComparison.Ordinal);
        File.Delete(settings);
        await Server.StartAsync();
        Assert.Equal("404", await StatLayerAsync("cut"));
    }

    private protected override async Task ArriveAsync() => password = await Aws.GetPasswordAsync();

    private Task<string> StatLayerAsync(string repository) => new Curl(Desk).DownloadAsync(
        new(Server.Address, $"/v2/{repository}/blobs/{SmallImage.DigestOf(layer)}"), Desk.Home.Path("layer"), "--user", $"AWS:{password}");

    private async Task UntilRefusedAsync()
    {
        using var limit = new CancellationTokenSource(DefaultTimeout, TimeProvider.System);
        while (await IsLetInAsync(limit.Token))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, limit.Token);
        }
    }

    private async Task<bool> IsLetInAsync(CancellationToken cancel)
    {
        try
        {
            using var connection = new TcpClient();
            await connection.ConnectAsync(IPAddress.Loopback, Server.Port, cancel);
            return true;
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.ConnectionRefused)
        {
            return false;
        }
    }
}
