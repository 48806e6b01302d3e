using System.CommandLine;
using Berth.Server.Hosting;
using Berth.Vocabulary;

namespace Berth.Server.Commands;

/// <summary>A tool that asks the server, as the root of the first account; or works on the data folder of one that is stopped.</summary>
internal static class ServerTool
{
    private static readonly Option<string?> Url = new("--endpoint-url")
    {
        Description = "Where the server answers; by default where its configuration has it listen.",
        HelpName = "URL",
    };

    private static readonly Option<bool> Offline = new("--offline") { Description = "Work on the data folder of a server that is stopped." };

    /// <summary>Gives a command what every such tool takes, and has it ask a server.</summary>
    public static Command Of(Command command, Func<ParseResult, RunningServer, CancellationToken, Task> ask)
    {
        foreach (var option in new Option[] { CommonOptions.Data, CommonOptions.Config, Url, Offline })
        {
            command.Add(option);
        }

        command.SetToolAction(async (parsed, cancel) =>
        {
            var options = CommonOptions.Read(parsed);
            if (!parsed.GetValue(Offline))
            {
                using var running = await RunningServer.FindAsync(options, parsed.GetValue(Url), cancel);
                await ask(parsed, running, cancel);
                return;
            }

            // One that nobody else is told of: what it checks and writes is the same.
            options = options with { Listen = [ListenAddress.Parse("http://127.0.0.1:0")] };
            await using var server = await BerthServer.StartAsync(options, TimeProvider.System, new Ids(), Console.Error, cancel);
            using var own = await RunningServer.FindAsync(options, server.Addresses[0].OriginalString, cancel);
            await ask(parsed, own, cancel);
        });
        return command;
    }
}
