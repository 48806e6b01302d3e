using System.CommandLine;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Berth.Server.Hosting;
using Berth.Server.Metadata;
using Berth.Vocabulary;

namespace Berth.Server.Commands;

/// <summary><c>berth machine</c>: which machines are handed roles. The tool asks the server, as the root of the first account.</summary>
internal static class MachineCommand
{
    private static readonly Option<string?> Url = new("--endpoint-url")
    {
        Description = "Where the server answers; by default where its configuration has it listen.",
        HelpName = "URL",
    };

    private static readonly Option<bool> Offline = new("--offline") { Description = "Work on the data folder of a server that is stopped." };

    public static Command Create() => new("machine", "Say which machines are handed roles.") { Register(), List(), Revoke() };

    private static Command Register()
    {
        var profile = new Option<string>("--profile") { Description = "The name of its instance profile.", HelpName = "NAME", Required = true };
        var instance = new Option<string?>("--instance-id") { Description = "Its id, i- and 17 hexadecimal digits; one is made by default.", HelpName = "ID" };
        var address = new Option<string?>("--private-address") { Description = "Its IPv4 address, for policies that name it.", HelpName = "ADDRESS" };
        var certificate = new Option<string?>("--certificate") { Description = "A certificate that proves it too, in PEM.", HelpName = "FILE" };
        return Asking(
            new("register", "Register a machine, and print the secret by which it proves itself.") { profile, instance, address, certificate },
            async (parsed, server, cancel) =>
            {
                var answer = await server.CallAsync(
                    "RegisterMachine",
                    new
                    {
                        instanceProfileName = parsed.GetRequiredValue(profile),
                        instanceId = parsed.GetValue(instance),
                        privateIpAddress = parsed.GetValue(address),
                        certificateSha256 = parsed.GetValue(certificate) is { } file ? PrintOf(file) : null,
                    },
                    cancel);
                await Console.Out.WriteLineAsync(Registered($"{answer.GetProperty("machine").GetProperty("instanceId")}", $"{answer.GetProperty("secret")}"));
            });
    }

    private static Command List() => Asking(
        new("list", "List the machines, one a line: instance id, id of the instance profile, when it was registered."),
        async (_, server, cancel) =>
        {
            string? next = null;
            do
            {
                var page = await server.CallAsync("ListMachines", new { nextToken = next }, cancel);
                foreach (var machine in page.GetProperty("machines").EnumerateArray())
                {
                    var since = DateTimeOffset.FromUnixTimeSeconds((long)machine.GetProperty("registeredAt").GetDouble());
                    await Console.Out.WriteLineAsync(FormattableString.Invariant(
                        $"{machine.GetProperty("instanceId")} {machine.GetProperty("instanceProfileId")} {since:u}"));
                }

                next = page.TryGetProperty("nextToken", out var token) ? token.GetString() : null;
            }
            while (next is not null);
        });

    private static Command Revoke()
    {
        var instance = new Argument<string>("instance-id") { Description = "Whose registration ends, and with it its sessions." };
        return Asking(
            new("revoke", "End the registration of a machine.") { instance },
            (parsed, server, cancel) => server.CallAsync("RevokeMachine", new { instanceId = parsed.GetRequiredValue(instance) }, cancel));
    }

    private static Command Asking(Command command, Func<ParseResult, RunningServer, CancellationToken, Task> ask)
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

    // What can be sourced by a shell or given to docker as an --env-file.
    private static string Registered(string instanceId, string secret) =>
        $"""
        # {instanceId}: this secret is not told again
        AWS_CONTAINER_AUTHORIZATION_TOKEN={secret}
        """;

    private static string PrintOf(string file)
    {
        try
        {
            using var certificate = X509Certificate2.CreateFromPem(File.ReadAllText(file));
            return CertificatePrint.Of(certificate);
        }
        catch (CryptographicException exception)
        {
            throw new ConfigurationException($"--certificate '{file}' is no certificate in PEM: {exception.Message}");
        }
    }
}
