using System.Text.Json;

namespace Berth.Acceptance.Clients;

/// <summary>Stacks, by the AWS command line.</summary>
internal sealed class Stacks(Aws aws)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>A template of this project's, by its file's name.</summary>
    public static string Template(string name) => Path.Combine(AppContext.BaseDirectory, "Templates", name);

    /// <summary>The status that a stack ends in.</summary>
    public async Task<string> SettleAsync(string stack)
    {
        using var limit = new CancellationTokenSource(Patience, TimeProvider.System);
        while (true)
        {
            var status = (await FindAsync(stack)).GetProperty("StackStatus").GetString()!;
            if (!status.EndsWith("IN_PROGRESS", StringComparison.Ordinal) || limit.IsCancellationRequested)
            {
                return status;
            }
        }
    }

    /// <summary>What is told of a stack.</summary>
    public async Task<JsonElement> FindAsync(string stack) =>
        (await aws.RunAsync("cloudformation", "describe-stacks", "--stack-name", stack)).GetProperty("Stacks")[0];

    /// <summary>What a resource of a stack is called.</summary>
    public async Task<string> PhysicalIdAsync(string stack, string resource) =>
        (await aws.RunAsync("cloudformation", "describe-stack-resource", "--stack-name", stack, "--logical-resource-id", resource))
            .GetProperty("StackResourceDetail").GetProperty("PhysicalResourceId").GetString()!;

    /// <summary>The reasons that a stack's events give, newest first.</summary>
    public async Task<string[]> ReasonsAsync(string stack) =>
    [
        .. (await aws.RunAsync("cloudformation", "describe-stack-events", "--stack-name", stack)).GetProperty("StackEvents").EnumerateArray()
            .Select(what => what.TryGetProperty("ResourceStatusReason", out var reason) ? reason.GetString()! : "")
            .Where(reason => reason.Length > 0),
    ];
}
