namespace Berth.Stacks;

/// <summary>Brings stacks from status to status.</summary>
internal static class StackEngine
{
    // What a nested stack's end does not wake, such as a type that waits for something else, is looked at again after this.
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(5);

    /// <summary>Works on a stack until it stands; returns when to look again at what is waited for.</summary>
    public static async Task<DateTimeOffset?> RunAsync(StackParts parts, string stackId, CancellationToken cancel)
    {
        while (await StackRun.OpenAsync(parts, stackId, cancel) is { } run)
        {
            var isWaiting = run.Stack.Status switch
            {
                StackStatus.Creating or StackStatus.Updating => await new ForwardPhase(run).RunAsync(),
                StackStatus.Restoring when run.Stack.Operation.IsReturn => await new ForwardPhase(run).RunAsync(),
                StackStatus.Restoring => await new RestorePhase(run).RunAsync(),
                _ => await new RemovalPhase(run).RunAsync(),
            };
            if (isWaiting)
            {
                return parts.Time.GetUtcNow() + LookAgain;
            }
        }

        return null;
    }
}
