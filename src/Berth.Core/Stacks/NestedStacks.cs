using System.Text.Json.Nodes;
using Berth.Identity.Entities;
using Berth.Templates;
using Berth.Vocabulary;

namespace Berth.Stacks;

/// <summary>What a template asks of a nested stack.</summary>
/// <param name="TemplateUrl">Where its template is.</param>
/// <param name="Parameters">Its parameters: texts, or arrays of texts, which become texts with commas.</param>
public sealed record NestedStack(string TemplateUrl, JsonObject Parameters)
{
    /// <summary>Tags besides those of the parent.</summary>
    public IReadOnlyList<EntityTag> Tags { get; init; } = [];

    /// <summary>How long its creation may take; null for however long.</summary>
    public int? TimeoutInMinutes { get; init; }
}

/// <summary>
/// What the type <c>AWS::CloudFormation::Stack</c> does: each method is one of <see cref="ResourceType"/>, to which it gives the answer. The
/// physical id is the ARN of the nested stack, the attributes are <c>Outputs.Name</c>. Its end wakes its parent.
/// </summary>
public sealed class NestedStacks(StackParts parts, StackChanges stacks)
{
    private const int MostDepth = 5;

    /// <summary>Begins to make it; it is made again under the same name when it is a retry.</summary>
    public async Task<ResourceProgress> CreateAsync(ResourceWork work, NestedStack asked, CancellationToken cancel)
    {
        var name = NameOf(work);
        if (work.IsRetry && await FindAsync(work, name, cancel) is { } begun && string.Equals(begun.ParentId, work.StackId, StringComparison.Ordinal))
        {
            return Progress(begun);
        }

        var parent = (await FindAsync(work, work.StackId, cancel))!;
        await RefuseDepthAsync(parent, cancel);
        var request = RequestOf(work, name, asked) with
        {
            ParentId = parent.Id,
            RootId = parent.RootId ?? parent.Id,
            RoleArn = parent.Source.RoleArn,
            Operation = new(0, default) { OnFailure = "DO_NOTHING", TimeoutInMinutes = asked.TimeoutInMinutes, Token = parent.Operation.Token },
        };
        return Progress(await stacks.CreateAsync(request, cancel));
    }

    /// <summary>Begins to change it, or to take the last change back.</summary>
    public async Task<ResourceProgress> UpdateAsync(ResourceWork work, ResourceState state, NestedStack asked, CancellationToken cancel)
    {
        var stack = await FindAsync(work, state.PhysicalId, cancel) ?? throw new StackNotFound(state.PhysicalId).AsException();
        if (StackStatus.IsMoving(stack.Status) && !(work.IsRollback && stack.Status is StackStatus.Updating))
        {
            return Progress(stack);
        }

        if (work.IsRollback)
        {
            return Progress(await TakeBackAsync(work, stack, cancel), isRollback: true);
        }

        try
        {
            return Progress(await stacks.UpdateAsync(RequestOf(work, stack.Id, asked) with { RoleArn = null }, cancel));
        }
        catch (FaultException error) when (error.Fault is StackRequestInvalid { Reason: "No updates are to be performed." })
        {
            return Progress(stack, isRollback: true);
        }
    }

    /// <summary>Begins to delete it.</summary>
    public async Task<ResourceProgress> DeleteAsync(ResourceWork work, ResourceState state, CancellationToken cancel)
    {
        if (await FindAsync(work, state.PhysicalId, cancel) is not { DeletedAt: null } stack)
        {
            return new(state, IsDone: true);
        }

        await stacks.DeleteAsync(new(work.Caller, work.Home, stack.Id) { ParentId = work.StackId }, cancel);
        return await LookAsync(work, state, cancel);
    }

    /// <summary>Looks how far it is.</summary>
    public async Task<ResourceProgress> LookAsync(ResourceWork work, ResourceState state, CancellationToken cancel) =>
        await FindAsync(work, state.PhysicalId, cancel) is { } stack ? Progress(stack, work.IsRollback) : new(state, IsDone: true);

    // Before its update is over it is cancelled; after that, it is updated once more, to what it was.
    private async Task<Stack> TakeBackAsync(ResourceWork work, Stack stack, CancellationToken cancel)
    {
        if (stack.Status is StackStatus.Updating)
        {
            await stacks.CancelUpdateAsync(work.Home, stack.Id, cancel);
            return stack;
        }

        var parent = await FindAsync(work, work.StackId, cancel);
        var isOfThis = stack.Status is StackStatus.Updated && stack.Former is not null && stack.UpdatedAt >= parent?.UpdatedAt;
        return isOfThis ? await stacks.ReturnAsync(new(work.Caller, work.Home, stack.Id), stack, cancel) : stack;
    }

    private static ResourceProgress Progress(Stack stack, bool isRollback = false)
    {
        var state = new ResourceState(
            stack.Id,
            new JsonObject(stack.Outputs.Select(output => KeyValuePair.Create($"Outputs.{output.Key}", (JsonNode?)JsonValue.Create(output.Value)))));
        return stack.Status switch
        {
            StackStatus.Created or StackStatus.Updated or StackStatus.Restored when isRollback || !IsFailedUpdate(stack) => new(state, IsDone: true),
            StackStatus.Deleted => new(state, IsDone: true),
            var status when StackStatus.IsMoving(status) => new(state, IsDone: false),
            StackStatus.CreateFailed or StackStatus.RolledBack or StackStatus.RollbackFailed =>
                throw new ResourceFailedException(state, Failure($"Embedded stack {stack.Id} was not successfully created: {stack.StatusReason}")),
            StackStatus.DeleteFailed => throw Failure($"Embedded stack {stack.Id} was not successfully deleted: {stack.StatusReason}"),
            _ => throw Failure($"Embedded stack {stack.Id} was not successfully updated. Currently in {stack.Status} with reason: {stack.StatusReason}"),
        };
    }

    // An update that was taken back by itself has failed; one that was taken back because the parent asked has not.
    private static bool IsFailedUpdate(Stack stack) =>
        stack.Status is StackStatus.Restored && stack.Operation is { IsReturn: false, IsCancelled: false };

    private static FaultException Failure(string reason) => new StackRequestInvalid(reason).AsException();

    private Task<Stack?> FindAsync(ResourceWork work, string nameOrId, CancellationToken cancel) =>
        parts.Database.ReadAsync(rows => StackRows.FindAsync(rows, work.Home, nameOrId), cancel);

    private async Task RefuseDepthAsync(Stack parent, CancellationToken cancel)
    {
        var (depth, at) = (1, parent);
        while (at.ParentId is { } above && await parts.Database.ReadAsync(rows => StackRows.FindAsync(rows, above), cancel) is { } next)
        {
            (depth, at) = (depth + 1, next);
        }

        if (depth > MostDepth)
        {
            throw Failure($"stacks may be nested {MostDepth} deep");
        }
    }

    private static StackRequest RequestOf(ResourceWork work, string name, NestedStack asked) => new(work.Caller, work.Home, name)
    {
        Url = asked.TemplateUrl,
        Parameters = [.. asked.Parameters.Select(parameter => KeyValuePair.Create(parameter.Key, (string?)TextOf(parameter.Value)))],
        Tags = [.. asked.Tags.Concat(work.Tags.Where(tag => !asked.Tags.Any(own => string.Equals(own.Key, tag.Key, StringComparison.Ordinal))))],
        Capabilities = work.Capabilities,
    };

    private static string TextOf(JsonNode? value) =>
        value is JsonArray list ? string.Join(',', list.Select(Nodes.TextOf)) : Nodes.TextOf(value) ?? "";

    private static string NameOf(ResourceWork work)
    {
        var ending = $"-{work.LogicalId}-{work.Suffix}";
        var room = Math.Max(1, 128 - ending.Length);
        var name = work.StackName[..Math.Min(work.StackName.Length, room)] + ending;
        return name.Length <= 128 ? name : $"{work.StackName[..1]}-{work.Suffix}";
    }
}
