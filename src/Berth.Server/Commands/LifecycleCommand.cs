using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using Berth.Lifecycle;
using Berth.Server.Hosting;
using Berth.Vocabulary;

namespace Berth.Server.Commands;

/// <summary><c>berth lifecycle</c>: what policies do to images, tried without a server or done on one.</summary>
internal static class LifecycleCommand
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static Command Create() => new("lifecycle", "Tools for lifecycle policies.") { Simulate(), Run() };

    /// <summary>Decides case after case; the first that is none ends it with the number of its line.</summary>
    public static async Task SimulateAsync(
        TextReader cases, TextWriter decisions, bool forPeople, LifecycleSettings settings, CancellationToken cancel)
    {
        Func<LifecycleDecision, string> print = forPeople ? ForPeople : ForMachines;
        for (var number = 1; await cases.ReadLineAsync(cancel) is { } line; number++)
        {
            await decisions.WriteLineAsync(print(Read(line, number, settings).Decide()).AsMemory(), cancel);
        }
    }

    private static Command Simulate()
    {
        var text = new Option<bool>("--text") { Description = "Print for people." };
        var byPull = new Option<bool>("--expire-by-pull") { Description = "Let images expire by their last pull, as Lifecycle:ExpireByPull does." };
        var asUnit = new Option<bool>("--index-as-unit") { Description = "Let an index go with what it lists, as Lifecycle:IndexAsUnit does." };
        var simulate = new Command("simulate", "Evaluate the cases on standard input, one JSON object of now, images and policy a line.")
        {
            text, byPull, asUnit,
        };
        simulate.SetToolAction((parsed, cancel) => SimulateAsync(
            Console.In,
            Console.Out,
            parsed.GetValue(text),
            new() { ExpiresByPull = parsed.GetValue(byPull), IndexIsUnit = parsed.GetValue(asUnit) },
            cancel));
        return simulate;
    }

    private static Command Run()
    {
        var repository = new Argument<string>("repository") { Description = "Whose policy runs." };
        var url = new Option<string?>("--endpoint-url")
        {
            Description = "Where the server answers; by default where its configuration has it listen.",
            HelpName = "URL",
        };
        var run = new Command("run", "Have the lifecycle policy of a repository run now, on the server that is running.")
        {
            repository, CommonOptions.Data, CommonOptions.Config, url,
        };
        run.SetToolAction(async (parsed, cancel) =>
        {
            using var server = await RunningServer.FindAsync(CommonOptions.Read(parsed), parsed.GetValue(url), cancel);
            await server.CallAsync("RunLifecyclePolicy", new { repositoryName = parsed.GetRequiredValue(repository) }, cancel);
        });
        return run;
    }

    private static LifecycleRules Read(string line, int number, LifecycleSettings settings)
    {
        try
        {
            return SimulationCase.Read(line, settings.ExpiresByPull, settings.IndexIsUnit).Rules;
        }
        catch (Exception refusal) when (refusal is FormatException or FaultException)
        {
            throw new ConfigurationException(FormattableString.Invariant($"line {number}: {refusal.Message}"));
        }
    }

    private static string ForMachines(LifecycleDecision decision) => JsonSerializer.Serialize(
        new
        {
            Expired = Gone(decision, LifecycleAction.Expire),
            Archived = Gone(decision, LifecycleAction.Transition),
            Images = decision.All.Select(verdict => new
            {
                verdict.Digest,
                Action = WordOf(verdict),
                RulePriority = verdict.Rule?.Priority,
                Why = verdict.Explain(),
            }),
        },
        Json);

    private static string ForPeople(LifecycleDecision decision) => string.Join(
        Environment.NewLine, decision.All.Select(verdict => $"{WordOf(verdict),-10} {verdict.Digest}  {verdict.Explain()}"));

    private static IEnumerable<string> Gone(LifecycleDecision decision, LifecycleAction action) =>
        decision.All.Where(verdict => verdict.Action == action).Select(verdict => verdict.Digest);

    private static string WordOf(LifecycleVerdict verdict) => verdict.Action switch
    {
        LifecycleAction.Expire => "expire",
        LifecycleAction.Transition => "transition",
        _ => "keep",
    };
}
