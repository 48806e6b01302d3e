using System.CommandLine;
using Berth.Server.Hosting;

namespace Berth.Server.Commands;

/// <summary><c>berth serve</c>: the registry itself.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var listen = new Option<string[]>("--listen")
        {
            Description = "Where to listen, such as http://127.0.0.1:5050; may be given several times.",
            HelpName = "URL",
        };
        var insecure = new Option<bool>("--allow-insecure-http") { Description = "Allow plain HTTP on addresses that others reach." };
        var format = new Option<string?>("--log-format") { Description = "How log lines are written: text or json.", HelpName = "FORMAT" };
        var command = new Command("serve", "Run the registry.") { CommonOptions.Data, CommonOptions.Config, listen, insecure, format };
        command.SetToolAction((parsed, cancel) => ServeAsync(
            CommonOptions.Read(
                parsed,
                new("Listen", parsed.GetValue(listen) is { Length: > 0 } urls ? string.Join(',', urls) : null),
                new("AllowInsecureHttp", parsed.GetValue(insecure) ? "true" : null),
                new("Log:Format", parsed.GetValue(format))),
            cancel));
        return command;
    }

    private static async Task ServeAsync(BerthOptions options, CancellationToken cancel)
    {
        await using var server = await BerthServer.StartAsync(options, TimeProvider.System, new(), Console.Error, cancel);
        await Console.Out.WriteAsync(server.Welcome);
        await server.WaitForStopAsync();
    }
}
