namespace Berth.Stacks;

/// <summary>What an update would do, before it does.</summary>
/// <param name="Id">Its ARN.</param>
/// <param name="Name">Its name.</param>
/// <param name="StackId">The stack's ARN.</param>
public sealed record ChangeSet(string Id, string Name, string StackId)
{
    /// <summary><c>CREATE_COMPLETE</c>, or <c>FAILED</c> when there is nothing to do.</summary>
    public required string Status { get; init; }

    /// <summary>Why; null for nothing to say.</summary>
    public string? Reason { get; init; }

    /// <summary><c>AVAILABLE</c>, <c>UNAVAILABLE</c>, <c>EXECUTE_IN_PROGRESS</c>, <c>EXECUTE_COMPLETE</c>, <c>EXECUTE_FAILED</c> or <c>OBSOLETE</c>.</summary>
    public required string Execution { get; init; }

    /// <summary>What it is for.</summary>
    public string? Description { get; init; }

    /// <summary>What the stack would be made from.</summary>
    public required StackSource Source { get; init; }

    /// <summary>What it would do, and what was asked besides.</summary>
    public required ChangeSetDetail Detail { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>What a change set would do, and what was asked besides.</summary>
/// <param name="Changes">What becomes of each resource.</param>
public sealed record ChangeSetDetail(IReadOnlyList<PlannedChange> Changes)
{
    /// <summary>Whether it makes the stack.</summary>
    public bool IsCreation { get; init; }

    /// <summary>What becomes of a stack that cannot be made; null for what is usual.</summary>
    public string? OnFailure { get; init; }

    /// <summary>Whether change sets of nested stacks were asked for.</summary>
    public bool IncludesNested { get; init; }
}
