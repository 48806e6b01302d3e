using Berth.Acceptance.Clients;
using Berth.Acceptance.Running;

namespace Berth.Acceptance.Readme;

/// <summary>
/// A reader types what the page prints: the block marked `serve` into one terminal, those after it into a second one, which keeps
/// what is exported. While a block marked `stopped: ...` is typed, the first terminal's server is stopped. One marked `refused: ...`
/// fails and prints the text of its mark.
/// </summary>
[Collection(nameof(DockerEngine))]
public sealed class ReadmeTests(DockerEngine engine)
{
    private static readonly Uri Ready = new("http://127.0.0.1:5050/readyz");

    [Theory]
    [InlineData("README.md")]
    [InlineData("README.ja.md")]
    [InlineData("docs/guide/access.md")]
    public async Task The_commands_of_the_page_work_as_printed(string page)
    {
        var blocks = ReadmeBlock.ReadAll(page);
        Assert.Equal("serve", blocks[0].Name);
        Assert.NotEmpty(blocks.Skip(1));
        using var desk = new Desk { Folder = Checkout.Root };
        desk.Environment["DOCKER_HOST"] = engine.Host;
        var exported = desk.Home.Write("exported", "");

        var server = await ServeAsync(desk, blocks[0]);
        try
        {
            foreach (var block in blocks.Skip(1))
            {
                if (block.NeedsStop)
                {
                    await server.StopAsync();
                }

                Check(block, await desk.TryAsync("bash", Strictly($". {exported}\n{block.Commands}export -p > {exported}")));
                server = block.NeedsStop ? await ServeAsync(desk, blocks[0]) : server;
            }
        }
        finally
        {
            await server.DisposeAsync();
        }
    }

    private static string[] Strictly(string commands) => ["-euo", "pipefail", "-c", commands];

    private static void Check(ReadmeBlock block, Outcome outcome)
    {
        if (block.Refusal is { } text)
        {
            Assert.Contains(text, outcome.Refused(), StringComparison.Ordinal);
        }
        else
        {
            outcome.Succeeded();
        }
    }

    private static async Task<Daemon> ServeAsync(Desk desk, ReadmeBlock block)
    {
        var server = new Daemon(desk.Describe("setsid", ["bash", .. Strictly(block.Commands)]), leadsGroup: true);
        await server.UntilAsync(IsReadyAsync);
        return server;
    }

    private static async Task<bool> IsReadyAsync(CancellationToken cancel)
    {
        using var http = new HttpClient();
        try
        {
            using var answer = await http.GetAsync(Ready, cancel);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
