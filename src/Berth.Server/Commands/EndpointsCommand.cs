using System.CommandLine;
using System.Text.Json;
using Berth.Server.Hosting;

namespace Berth.Server.Commands;

/// <summary><c>berth endpoints</c>: what name servers need for VPC endpoints, and whose registries are reached through them only.</summary>
internal static class EndpointsCommand
{
    private static readonly Option<string?> Account = new("--account")
    {
        Description = "Whose endpoints; by default those of the first account.",
        HelpName = "ID",
    };

    private static readonly Option<string?> Address = new("--address")
    {
        Description = "Where clients reach the endpoints that have no address of their own in the configuration.",
        HelpName = "IP",
    };

    public static Command Create() => new("endpoints", "Say how VPC endpoints are named, and who needs them.") { Require(), Dns(), Hosts() };

    private static Command Require()
    {
        var what = new Argument<string>("what") { Description = "on, off, or show." };
        what.AcceptOnlyFromAmong("on", "off", "show");
        return ServerTool.Of(
            new("require", "Say whether an account's registries are reached through VPC endpoints only, and print it.") { what, Account },
            async (parsed, server, cancel) =>
            {
                var account = parsed.GetValue(Account);
                var word = parsed.GetRequiredValue(what);
                if (word is not "show")
                {
                    await server.CallAsync("SetEndpointRequirement", new { accountId = account, required = word is "on" }, cancel);
                }

                var answer = await server.CallAsync("GetEndpointRequirement", new { accountId = account }, cancel);
                var chosen = answer.GetProperty("required").GetBoolean() ? "on" : "off";
                var forAll = answer.GetProperty("requiredForAll").GetBoolean() ? " (on for all by Endpoints:Only)" : "";
                await Console.Out.WriteLineAsync($"{answer.GetProperty("accountId")} {chosen}{forAll}");
            });
    }

    private static Command Dns()
    {
        var format = new Option<string>("--format") { Description = "hosts, bind or coredns.", HelpName = "FORMAT", DefaultValueFactory = _ => "bind" };
        format.AcceptOnlyFromAmong("hosts", "bind", "coredns");
        return ServerTool.Of(
            new("dns", "Print the records of all VPC endpoints of an account, for the name servers of their networks.") { Account, format, Address },
            (parsed, server, cancel) => PrintAsync(parsed, server, parsed.GetRequiredValue(format), cancel));
    }

    private static Command Hosts() => ServerTool.Of(
        new("hosts", "Print what to add to a hosts file: the names of all registries, and of an account's VPC endpoints.") { Account, Address },
        (parsed, server, cancel) => PrintAsync(parsed, server, "hosts", cancel));

    private static async Task PrintAsync(ParseResult parsed, RunningServer server, string format, CancellationToken cancel)
    {
        var address = parsed.GetValue(Address);
        if (address is not null && !System.Net.IPAddress.TryParse(address, out _))
        {
            throw new ConfigurationException($"--address is '{address}'; allowed is: an IP address");
        }

        var registries = new List<EndpointRecords.Registry>();
        await foreach (var registry in server.ListAsync("ListRegistryNames", "registries", cancel))
        {
            registries.Add(new(Text(registry, "accountId"), Text(registry, "host")));
        }

        var endpoints = new List<EndpointRecords.Endpoint>();
        await foreach (var endpoint in server.ListAsync("ListEndpointNames", "endpoints", cancel, parsed.GetValue(Account)))
        {
            string[] names = [.. Texts(endpoint, "dnsNames"), .. Texts(endpoint, "privateDnsNames")];
            string[] addresses = [.. Texts(endpoint, "addresses")];
            endpoints.Add(new(Text(endpoint, "vpcEndpointId"), names, addresses is [] && address is not null ? [address] : addresses));
        }

        foreach (var line in EndpointRecords.Write(format, endpoints, registries, address))
        {
            await Console.Out.WriteLineAsync(line);
        }
    }

    private static string Text(JsonElement item, string member) => item.GetProperty(member).GetString()!;

    private static IEnumerable<string> Texts(JsonElement item, string member) => item.GetProperty(member).EnumerateArray().Select(text => text.GetString()!);
}
