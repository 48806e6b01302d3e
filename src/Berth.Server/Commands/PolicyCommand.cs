using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using Berth.Policy;
using Berth.Policy.Documents;
using Berth.Policy.Simulation;
using Berth.Server.Hosting;
using Berth.Vocabulary;

namespace Berth.Server.Commands;

/// <summary><c>berth policy simulate</c>: decides authorization cases without a server.</summary>
internal static class PolicyCommand
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static Command Create()
    {
        var text = new Option<bool>("--text") { Description = "Print for people." };
        var simulate = new Command("simulate", "Decide the cases on standard input, one JSON object a line.") { text };
        simulate.SetToolAction((parsed, cancel) => SimulateAsync(Console.In, Console.Out, parsed.GetValue(text), cancel));
        return new("policy", "Tools for policies.") { simulate };
    }

    /// <summary>Decides case after case; the first that is none ends it with the number of its line.</summary>
    public static async Task SimulateAsync(TextReader cases, TextWriter decisions, bool forPeople, CancellationToken cancel)
    {
        Func<AccessRequest, Decision, string> print = forPeople ? ForPeople : ForMachines;
        for (var number = 1; await cases.ReadLineAsync(cancel) is { } line; number++)
        {
            var (request, policies) = Read(line, number);
            await decisions.WriteLineAsync(print(request, Evaluator.Decide(request, policies)).AsMemory(), cancel);
        }
    }

    private static SimulationCase Read(string line, int number)
    {
        try
        {
            return SimulationCase.Read(line);
        }
        catch (PolicyFormatException refusal)
        {
            throw new ConfigurationException(FormattableString.Invariant($"line {number}: {refusal.Message} (at {refusal.Path})"));
        }
    }

    private static string ForMachines(AccessRequest request, Decision decision) => JsonSerializer.Serialize(
        new
        {
            Decision = decision.Verdict.ToString(),
            Reasons = decision.Reasons.Select(reason => reason.ToString()),
            Message = MessageOf(request, decision),
        },
        Json);

    private static string ForPeople(AccessRequest request, Decision decision) => string.Join(
        Environment.NewLine,
        [
            $"{decision.Verdict}: {request.Principal} {request.Action} {request.Resource}",
            .. decision.Reasons.Select(reason => $"  {reason}"),
            .. decision.Verdict is Verdict.Allowed ? Array.Empty<string>() : [$"  {MessageOf(request, decision)}"],
        ]);

    private static string MessageOf(AccessRequest request, Decision decision) => decision.Verdict is Verdict.Allowed
        ? ""
        : new AccessDenied(request.Principal, request.Action, request.Resource, decision.Because).Message;
}
