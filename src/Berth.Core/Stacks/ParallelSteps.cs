namespace Berth.Stacks;

/// <summary>Steps that run beside each other, a few at a time. Whatever happens, none is left alone.</summary>
internal sealed class ParallelSteps
{
    private const int Most = 4;

    private readonly List<Task<StackResource>> running = [];
    private readonly HashSet<string> names = new(StringComparer.Ordinal);

    public bool HasRoom => running.Count < Most;

    public bool IsIdle => running.Count == 0;

    public bool IsRunning(string logicalId) => names.Contains(logicalId);

    public void Start(string logicalId, Func<Task<StackResource>> step)
    {
        names.Add(logicalId);
        running.Add(Task.Run(step));
    }

    /// <summary>What the next step that ends has made of its resource. When it throws, it does when the others have ended.</summary>
    public async Task<StackResource> NextAsync()
    {
        var ended = await Task.WhenAny(running);
        if (!ended.IsCompletedSuccessfully)
        {
            await Task.WhenAll(running);
        }

        running.Remove(ended);
        var resource = await ended;
        names.Remove(resource.LogicalId);
        return resource;
    }
}
