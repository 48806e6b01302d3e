using System.CommandLine;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Berth.Server.Hosting;
using Berth.Server.Metadata;

namespace Berth.Server.Commands;

/// <summary><c>berth machine</c>: which machines are handed roles. The tool asks the server, as the root of the first account.</summary>
internal static class MachineCommand
{
    public static Command Create() => new("machine", "Say which machines are handed roles.") { Register(), List(), Secret(), Revoke() };

    private static Command Register()
    {
        var profile = new Option<string>("--profile") { Description = "The name of its instance profile.", HelpName = "NAME", Required = true };
        var instance = new Option<string?>("--instance-id") { Description = "Its id, i- and 17 hexadecimal digits; one is made by default.", HelpName = "ID" };
        var address = new Option<string?>("--private-address") { Description = "Its IPv4 address, for policies that name it.", HelpName = "ADDRESS" };
        var certificate = new Option<string?>("--certificate") { Description = "A certificate that proves it too, in PEM.", HelpName = "FILE" };
        return ServerTool.Of(
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

    private static Command List() => ServerTool.Of(
        new("list", "List the machines, one a line: instance id, id of the instance profile, when it was registered."),
        async (_, server, cancel) =>
        {
            await foreach (var machine in server.ListAsync("ListMachines", "machines", cancel))
            {
                var since = DateTimeOffset.FromUnixTimeSeconds((long)machine.GetProperty("registeredAt").GetDouble());
                await Console.Out.WriteLineAsync(FormattableString.Invariant(
                    $"{machine.GetProperty("instanceId")} {machine.GetProperty("instanceProfileId")} {since:u}"));
            }
        });

    private static Command Secret()
    {
        var instance = new Argument<string>("instance-id") { Description = "Whose secret is replaced, such as an instance that RunInstances made." };
        return ServerTool.Of(
            new("secret", "Give a machine a new secret, and print it; the one before proves nothing more.") { instance },
            async (parsed, server, cancel) =>
            {
                var answer = await server.CallAsync("RenewMachineSecret", new { instanceId = parsed.GetRequiredValue(instance) }, cancel);
                await Console.Out.WriteLineAsync(Registered($"{answer.GetProperty("instanceId")}", $"{answer.GetProperty("secret")}"));
            });
    }

    private static Command Revoke()
    {
        var instance = new Argument<string>("instance-id") { Description = "Whose registration ends, and with it its sessions." };
        return ServerTool.Of(
            new("revoke", "End the registration of a machine.") { instance },
            (parsed, server, cancel) => server.CallAsync("RevokeMachine", new { instanceId = parsed.GetRequiredValue(instance) }, cancel));
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
