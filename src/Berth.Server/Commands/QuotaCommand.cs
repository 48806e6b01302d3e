using System.CommandLine;
using System.Text.Json;

namespace Berth.Server.Commands;

/// <summary><c>berth quota</c>: how much accounts may have, and how fast they may call.</summary>
internal static class QuotaCommand
{
    private static readonly Option<string?> Account = new("--account")
    {
        Description = "Whose quotas; by default those of the first account.",
        HelpName = "ID",
    };

    private static readonly Argument<string> Name = new("name") { Description = "Which, such as images-per-repository or rate/ecr:PutImage." };

    public static Command Create() => new("quota", "Say how much accounts may have, and how fast they may call.") { List(), Set(), Reset() };

    private static Command List() => ServerTool.Of(
        new("list", "List an account's quotas, one a line: name, value, and where it is another one the default.") { Account },
        async (parsed, server, cancel) =>
        {
            var answer = await server.CallAsync("ListQuotas", new { accountId = parsed.GetValue(Account) }, cancel);
            foreach (var quota in answer.GetProperty("quotas").EnumerateArray())
            {
                await Console.Out.WriteLineAsync(Line(quota));
            }
        });

    private static Command Set()
    {
        var value = new Argument<long>("value") { Description = "What it is from now on; 0 lifts a rate." };
        return ServerTool.Of(
            new("set", "Set a quota for an account, and print it.") { Name, value, Account },
            (parsed, server, cancel) => ChangeAsync(parsed, server, parsed.GetRequiredValue(value), cancel));
    }

    private static Command Reset() => ServerTool.Of(
        new("reset", "Bring the default of a quota back, and print it.") { Name, Account },
        (parsed, server, cancel) => ChangeAsync(parsed, server, value: null, cancel));

    private static async Task ChangeAsync(ParseResult parsed, RunningServer server, long? value, CancellationToken cancel)
    {
        var asked = new { accountId = parsed.GetValue(Account), quotaName = parsed.GetRequiredValue(Name), value };
        await Console.Out.WriteLineAsync(Line((await server.CallAsync("SetQuota", asked, cancel)).GetProperty("quota")));
    }

    private static string Line(JsonElement quota)
    {
        var (value, usual) = ($"{quota.GetProperty("value")}", $"{quota.GetProperty("defaultValue")}");
        return $"{quota.GetProperty("quotaName")} {value}{(string.Equals(value, usual, StringComparison.Ordinal) ? "" : $" ({usual})")}";
    }
}
