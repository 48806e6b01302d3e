using Berth.Acceptance.Clients;
using Berth.Acceptance.Running;

namespace Berth.Acceptance.Readme;

/// <summary>A reader types what the page prints: the block marked `serve` into one terminal, those after it into a second one.</summary>
[Collection(nameof(DockerEngine))]
public sealed class ReadmeTests(DockerEngine engine)
{
    private static readonly Uri Ready = new("http://127.0.0.1:5050/readyz");

    [Theory]
    [InlineData("README.md")]
    [InlineData("README.ja.md")]
    public async Task The_commands_of_the_page_work_as_printed(string page)
    {
        var blocks = ReadmeBlock.ReadAll(page);
        Assert.Equal("serve", blocks[0].Name);
        Assert.NotEmpty(blocks.Skip(1));
        using var desk = new Desk { Folder = Checkout.Root };
        desk.Environment["DOCKER_HOST"] = engine.Host;

        await using var server = new Daemon(desk.Describe("setsid", ["bash", .. Strictly(blocks[0])]), leadsGroup: true);
        await server.UntilAsync(IsReadyAsync);
        foreach (var block in blocks.Skip(1))
        {
            await desk.RunAsync("bash", Strictly(block));
        }

        await server.StopAsync();
    }

    private static string[] Strictly(ReadmeBlock block) => ["-euo", "pipefail", "-c", block.Commands];

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
