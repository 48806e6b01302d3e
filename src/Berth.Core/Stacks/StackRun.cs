using Berth.Storage.Rows;

namespace Berth.Stacks;

/// <summary>A stack while it is worked on, with its resources. One job at a time has it.</summary>
internal sealed class StackRun
{
    private readonly Dictionary<(string, string), StackResource> resources;

    private StackRun(StackParts parts, Stack stack, IReadOnlyList<StackResource> found, CancellationToken cancel)
    {
        (Parts, Stack, Cancel) = (parts, stack, cancel);
        resources = found.ToDictionary(resource => (resource.LogicalId, resource.Suffix));
        Steps = new(this);
    }

    public StackParts Parts { get; }

    public Stack Stack { get; private set; }

    public CancellationToken Cancel { get; }

    public ResourceSteps Steps { get; }

    /// <summary>All resources, also those that are to be removed or are gone.</summary>
    public IEnumerable<StackResource> All => resources.Values;

    /// <summary>Those that belong to the stack, by their names in the template.</summary>
    public IEnumerable<StackResource> Live => All.Where(resource => resource.RetiredIn is null && !resource.IsGone);

    /// <summary>The stack, when there is something to do with it.</summary>
    public static async Task<StackRun?> OpenAsync(StackParts parts, string stackId, CancellationToken cancel)
    {
        var (stack, resources) = await parts.Database.ReadAsync(
            async rows => (await StackRows.FindAsync(rows, stackId), await StackRows.ResourcesAsync(rows, stackId)), cancel);
        return stack is not null && StackStatus.IsMoving(stack.Status) ? new(parts, stack, resources, cancel) : null;
    }

    public StackResource? FindLive(string logicalId) =>
        Live.FirstOrDefault(resource => string.Equals(resource.LogicalId, logicalId, StringComparison.Ordinal));

    /// <summary>Takes over what has become of a resource.</summary>
    public void Keep(StackResource resource) => resources[(resource.LogicalId, resource.Suffix)] = resource;

    /// <summary>Drops a resource that is no more.</summary>
    public void Drop(StackResource resource) => resources.Remove((resource.LogicalId, resource.Suffix));

    /// <summary>Whether the stack still has the status it is worked on in; reads what was said to it meanwhile.</summary>
    public async Task<bool> IsCurrentAsync()
    {
        var now = await Parts.Database.ReadAsync(rows => StackRows.FindAsync(rows, Stack.Id), Cancel);
        if (now is null || !string.Equals(now.Status, Stack.Status, StringComparison.Ordinal))
        {
            return false;
        }

        Stack = now;
        return true;
    }

    /// <summary>Writes a resource as it became, with what is said of it.</summary>
    public Task WriteAsync(StackResource resource, params string?[] reasons) => Parts.Database.WriteAsync(
        async tx =>
        {
            await StackRows.WriteAsync(tx, resource);
            foreach (var reason in reasons)
            {
                await Parts.Events.AddAsync(tx, Stack, resource, reason);
            }
        },
        Cancel);

    /// <summary>Moves the stack on, unless somebody else has, with what changes together with it.</summary>
    public Task MoveAsync(Stack to, Func<Transaction, Task>? together = null) => Parts.Database.WriteAsync(
        async tx =>
        {
            if (!await StackRows.UpdateAsync(tx, to, Stack.Status))
            {
                return;
            }

            await (together?.Invoke(tx) ?? Task.CompletedTask);
            await Parts.Events.AddAsync(tx, to);
            if (!StackStatus.IsMoving(to.Status))
            {
                await StackRows.EndAsync(tx, to, Parts.Jobs);
            }
        },
        Cancel);
}
