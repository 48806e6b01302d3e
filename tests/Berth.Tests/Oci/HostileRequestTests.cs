using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Berth.Vocabulary;
using Microsoft.Extensions.Logging;

namespace Berth.Tests.Oci;

public sealed class HostileRequestTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData("/v2/../etc/manifests/v1", "400")]
    [InlineData("/v2/a/../b/manifests/v1", "400")]
    [InlineData("/v2/team%2fapp/manifests/v1", "400")]
    [InlineData("/v2/team%2Fapp/tags/list", "400")]
    [InlineData("/v2/TEAM/app/manifests/v1", "400")]
    [InlineData("/v2/team//app/manifests/v1", "400")]
    [InlineData("/v2/team/app/manifests/%00", "400")]
    [InlineData("/v2/team/app/manifests/..%2f..%2fetc", "400")]
    [InlineData("/v2/team/app/blobs/..%2f..%2fetc", "400")]
    [InlineData("/v2/team/app/blobs/sha256:..", "400")]
    [InlineData("/v2/%e2%28%a1/manifests/v1", "400")]
    [InlineData("/v2/manifests/v1", "400")]
    [InlineData("/v2/team/app", "404")]
    [InlineData("/v2/team/app/tags/list?n=1&n=2&last=%ff", "200")]
    [InlineData("/v2/team/app/tags/list?last=%00", "200")]
    [InlineData("/v2/team/app/referrers/sha256:00?last=..", "400")]
    public async Task A_hostile_path_is_refused(string path, string status)
    {
        await using var host = await OciHost.StartAsync("team/app");

        var answer = await ExchangeAsync(host, $"GET {path} HTTP/1.1\r\nHost: x\r\nAuthorization: {host.Authorization}\r\nConnection: close\r\n\r\n");

        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
        Assert.DoesNotContain(host.Log.Lines, line => line.Level >= LogLevel.Warning);
    }

    [Fact]
    public async Task A_name_of_a_thousand_characters_is_refused()
    {
        await using var host = await OciHost.StartAsync();

        using var response = await host.SendAsync("GET", $"/v2/{new string('a', 1000)}/manifests/v1");

        await response.ErrorAsync(400, "NAME_INVALID");
    }

    [Theory]
    [InlineData("Transfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n5\r\nhelloXX0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n-5\r\nhello\r\n0\r\n\r\n")]
    [InlineData("Content-Length: many\r\n\r\nhello")]
    [InlineData("Content-Length: 3\r\nContent-Length: 5\r\n\r\nhello")]
    [InlineData("Content-Length: -1\r\n\r\n")]
    [InlineData("Content-Range: 0-4\r\nTransfer-Encoding: chunked\r\n\r\n6\r\nhello!\r\n0\r\n\r\n")]
    [InlineData("Content-Range: 0-4\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhell\r\n0\r\n\r\n")]
    public async Task A_body_that_is_not_what_its_headers_say_is_refused(string rest)
    {
        await using var host = await OciHost.StartAsync("team/app");
        var session = new Uri(await host.StartUploadAsync("team/app")).AbsolutePath;

        var answer = await ExchangeAsync(host, $"PATCH {session} HTTP/1.1\r\nHost: x\r\nAuthorization: {host.Authorization}\r\n{rest}");

        Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
        Assert.DoesNotContain(host.Log.Lines, line => line.Level >= LogLevel.Warning);
    }

    [Fact]
    public async Task Headers_without_end_are_refused()
    {
        await using var host = await OciHost.StartAsync();

        var answer = await ExchangeAsync(host, $"GET /v2/ HTTP/1.1\r\nHost: x\r\nAuthorization: Basic {new string('A', 100_000)}\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 431 ", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData('[')]
    [InlineData('{')]
    public async Task A_manifest_nested_without_end_is_refused(char bracket)
    {
        await using var host = await OciHost.StartAsync("team/app");
        var nested = string.Concat(Enumerable.Repeat(bracket == '[' ? "[" : "{\"a\":", 100_000));

        using var response = await host.PutManifestAsync("team/app", "v1", Encoding.ASCII.GetBytes(nested));

        await response.ErrorAsync(405, "UNSUPPORTED");
    }

    [Fact]
    public async Task An_endless_manifest_is_refused_at_its_first_byte_too_many()
    {
        await using var host = await OciHost.StartAsync("team/app");
        var head = $"PUT /v2/team/app/manifests/v1 HTTP/1.1\r\nHost: x\r\nAuthorization: {host.Authorization}\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n";
        var chunk = (Manifest.MaxLength + 1).ToString("x", CultureInfo.InvariantCulture) + "\r\n" + new string(' ', Manifest.MaxLength + 1);

        var answer = await ExchangeAsync(host, head + chunk);

        Assert.StartsWith("HTTP/1.1 413 ", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_received_before_a_connection_broke_is_kept_and_nothing_is_logged()
    {
        await using var host = await OciHost.StartAsync("team/app");
        var whole = Enumerable.Range(0, 6_000_000).Select(i => (byte)(i * 31)).ToArray();
        var session = await host.StartUploadAsync("team/app");
        using (var client = await ConnectAsync(host))
        {
            await BeginPatchAsync(client, host, session, whole.Length);
            await client.SendAsync(whole.AsMemory(0, 4_000_000));
            await UntilAsync(() => Task.FromResult(host.StagedBytes > 0));
            client.Shutdown(SocketShutdown.Both);
        }

        var received = 0;
        await UntilAsync(async () => (received = await ReceivedAsync(host, session)) > 1);
        using var rest = await host.SendAsync("PUT", $"{session}?digest={Digest.Sha256Of(whole)}", whole[received..]);

        Assert.InRange(received, 2, 4_000_000);
        Assert.Equal(HttpStatusCode.Created, rest.StatusCode);
        Assert.DoesNotContain(host.Log.Lines, line => line.Level >= LogLevel.Warning);
    }

    [Fact]
    public async Task Of_two_writers_on_one_upload_the_second_is_refused()
    {
        await using var host = await OciHost.StartAsync("team/app");
        var session = await host.StartUploadAsync("team/app");
        using var first = await ConnectAsync(host);
        await BeginPatchAsync(first, host, session, length: 5);

        using var second = await host.SendAsync("PATCH", session, "other"u8.ToArray());
        await first.SendAsync("hello"u8.ToArray());
        var answer = await ReceiveAsync(first, untilClosed: true);

        await second.ErrorAsync(409, "BLOB_UPLOAD_INVALID");
        Assert.StartsWith("HTTP/1.1 202 ", answer, StringComparison.Ordinal);
    }

    // Returns when the server waits for the body.
    private static async Task BeginPatchAsync(Socket client, OciHost host, string session, int length)
    {
        var path = new Uri(session).AbsolutePath;
        await client.SendAsync(Encoding.ASCII.GetBytes(
            $"PATCH {path} HTTP/1.1\r\nHost: x\r\nAuthorization: {host.Authorization}\r\nConnection: close\r\nExpect: 100-continue\r\nContent-Length: {length}\r\n\r\n"));
        Assert.StartsWith("HTTP/1.1 100 ", await ReceiveAsync(client, untilClosed: false), StringComparison.Ordinal);
    }

    private static async Task<int> ReceivedAsync(OciHost host, string session)
    {
        using var response = await host.SendAsync("GET", session);
        return int.Parse(response.Header("Range").Split('-')[1], CultureInfo.InvariantCulture) + 1;
    }

    // When the server notices that something arrived, or that a connection broke, is its own affair.
    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!await condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, patience.Token);
        }
    }

    private static async Task<string> ExchangeAsync(OciHost host, string request)
    {
        using var client = await ConnectAsync(host);
        var sending = client.SendAsync(Encoding.ASCII.GetBytes(request));
        var answer = await ReceiveAsync(client, untilClosed: false);
        await sending;
        return answer;
    }

    private static async Task<Socket> ConnectAsync(OciHost host)
    {
        var client = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(IPAddress.Loopback, host.Url.Port);
        return client;
    }

    private static async Task<string> ReceiveAsync(Socket client, bool untilClosed)
    {
        using var patience = new CancellationTokenSource(Patience);
        var answer = new StringBuilder();
        var buffer = new byte[16 * 1024];
        int count;
        do
        {
            count = await client.ReceiveAsync(buffer, patience.Token);
            answer.Append(Encoding.ASCII.GetString(buffer, 0, count));
        }
        while (untilClosed && count > 0);

        return answer.ToString();
    }
}
