using System.Collections;
using System.CommandLine;
using Berth.Identity;
using Berth.Server.Hosting;
using Berth.Storage.Blobs;
using Berth.Storage.Rows;
using Berth.Vocabulary;

namespace Berth.Server.Commands;

/// <summary>What every tool takes, and how each ends when it cannot do its work.</summary>
internal static class CommonOptions
{
    private const int Refused = 2;

    public static Option<string?> Data { get; } = new("--data") { Description = "The folder that holds everything.", HelpName = "DIR" };

    public static Option<string?> Config { get; } =
        new("--config") { Description = "The configuration file; by default berth.json in the data folder.", HelpName = "FILE" };

    /// <summary>Reads the options of a tool: file, environment, then the arguments it was given.</summary>
    public static BerthOptions Read(ParseResult parsed, params IEnumerable<KeyValuePair<string, string?>> more)
    {
        var arguments = more.Append(new("Data", parsed.GetValue(Data)))
            .Where(pair => pair.Value is not null)
            .Select(pair => KeyValuePair.Create(pair.Key, pair.Value!));
        var environment = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Select(entry => KeyValuePair.Create((string)entry.Key, (string?)entry.Value ?? ""));
        return OptionsReader.Read(parsed.GetValue(Config), environment, [.. arguments]);
    }

    /// <summary>Has a tool end with one line on standard error, and exit code 2, when it was told something it cannot do.</summary>
    public static void SetToolAction(this Command command, Func<ParseResult, CancellationToken, Task> run) =>
        command.SetAction(async (parsed, cancel) =>
        {
            try
            {
                await run(parsed, cancel);
                return 0;
            }
            catch (Exception exception) when (IsTold(exception))
            {
                await Console.Error.WriteLineAsync($"berth: {exception.Message}");
                return Refused;
            }
        });

    // What a person can mend; anything else is a bug, and its trace is wanted.
    private static bool IsTold(Exception exception) => exception
        is ConfigurationException or DatabaseRefusedException or KeyringRefusedException or KeyringUnreadableException
        or FaultException or IOException or UnauthorizedAccessException;
}
