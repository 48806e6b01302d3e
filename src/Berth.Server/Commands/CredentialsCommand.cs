using System.CommandLine;
using Berth.Server.Hosting;

namespace Berth.Server.Commands;

/// <summary><c>berth credentials</c>: prints the root key as an AWS shared-credentials profile.</summary>
internal static class CredentialsCommand
{
    public static Command Create()
    {
        var command = new Command("credentials", "Print the root key as an AWS shared-credentials profile.")
        {
            CommonOptions.Data,
            CommonOptions.Config,
        };
        command.SetToolAction(async (parsed, cancel) =>
        {
            var path = RootAccount.CredentialsIn(CommonOptions.Read(parsed).Data);
            await Console.Out.WriteAsync(await File.ReadAllTextAsync(path, cancel));
        });
        return command;
    }
}
