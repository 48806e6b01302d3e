using Berth.Identity.Entities;
using Berth.Templates;
using Berth.Vocabulary;

namespace Berth.Stacks;

/// <summary>A stack: what a template has become.</summary>
/// <param name="Id">Its ARN.</param>
/// <param name="Name">Its name.</param>
/// <param name="Home">The account and Region it is in.</param>
public sealed record Stack(string Id, string Name, RegistryId Home)
{
    /// <summary>Such as <c>CREATE_COMPLETE</c>; see <see cref="StackStatus"/>.</summary>
    public required string Status { get; init; }

    /// <summary>Why it has that status; null for nothing to say.</summary>
    public string? StatusReason { get; init; }

    /// <summary>The stack whose resource it is; null for none.</summary>
    public string? ParentId { get; init; }

    /// <summary>The stack at the top, whose resource it is through others; null for one that is at the top itself.</summary>
    public string? RootId { get; init; }

    /// <summary>What it is made from, or is being made from.</summary>
    public required StackSource Source { get; init; }

    /// <summary>What it was made from before the last update.</summary>
    public StackSource? Former { get; init; }

    /// <summary>What is being done with it, or was done last.</summary>
    public required StackOperation Operation { get; init; }

    /// <summary>What it says of itself.</summary>
    public IReadOnlyList<StackOutput> Outputs { get; init; } = [];

    /// <summary>Whether it may not be deleted.</summary>
    public bool IsProtected { get; init; }

    /// <summary>The change set that was executed last; null for none.</summary>
    public string? ChangeSetId { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last updated; null when it never was.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>When it was deleted; null while it is there.</summary>
    public DateTimeOffset? DeletedAt { get; init; }

    internal byte[]? Caller { get; init; }
}

/// <summary>What a stack is made from.</summary>
/// <param name="Template">The template's text.</param>
public sealed record StackSource(string Template)
{
    /// <summary>What the template says it is for.</summary>
    public string? Description { get; init; }

    /// <summary>Every parameter's value.</summary>
    public IReadOnlyList<ParameterValue> Parameters { get; init; } = [];

    /// <summary>Its tags.</summary>
    public IReadOnlyList<EntityTag> Tags { get; init; } = [];

    /// <summary>What the caller has acknowledged.</summary>
    public IReadOnlyList<string> Capabilities { get; init; } = [];

    /// <summary>The role that it is made with; null for whoever asks.</summary>
    public string? RoleArn { get; init; }
}

/// <summary>Something that is done with a stack.</summary>
/// <param name="Number">The how manieth.</param>
/// <param name="BegunAt">When it was asked for.</param>
public sealed record StackOperation(long Number, DateTimeOffset BegunAt)
{
    /// <summary>By which a client knows its own request again.</summary>
    public string? Token { get; init; }

    /// <summary>What becomes of a stack that cannot be made: <c>ROLLBACK</c>, <c>DELETE</c> or <c>DO_NOTHING</c>; of an update, the first or the last.</summary>
    public string OnFailure { get; init; } = "ROLLBACK";

    /// <summary>How long it may take; null for however long.</summary>
    public int? TimeoutInMinutes { get; init; }

    /// <summary>Whether what was made and fails is deleted even where it is to be retained.</summary>
    public bool RetainExceptOnCreate { get; init; }

    /// <summary>The resources that a deletion leaves alone.</summary>
    public IReadOnlyList<string> Retain { get; init; } = [];

    /// <summary>Whether a deletion leaves alone what cannot be deleted.</summary>
    public bool IsForced { get; init; }

    /// <summary>Whether an update was cancelled.</summary>
    public bool IsCancelled { get; init; }

    /// <summary>Whether a finished update is being taken back, which is another update.</summary>
    public bool IsReturn { get; init; }
}

/// <summary>What a stack says of itself.</summary>
/// <param name="Key">Its name.</param>
/// <param name="Value">Its value.</param>
/// <param name="Description">What it is; null for nothing said.</param>
/// <param name="ExportName">The name it is exported under; null when it is not.</param>
public sealed record StackOutput(string Key, string Value, string? Description, string? ExportName);

/// <summary>The statuses of stacks that the engine tells apart, by CloudFormation's names.</summary>
public static class StackStatus
{
#pragma warning disable CS1591 // each is the word that it stands for
    public const string Review = "REVIEW_IN_PROGRESS";
    public const string Creating = "CREATE_IN_PROGRESS";
    public const string Created = "CREATE_COMPLETE";
    public const string CreateFailed = "CREATE_FAILED";
    public const string RollingBack = "ROLLBACK_IN_PROGRESS";
    public const string RolledBack = "ROLLBACK_COMPLETE";
    public const string RollbackFailed = "ROLLBACK_FAILED";
    public const string Updating = "UPDATE_IN_PROGRESS";
    public const string Cleaning = "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS";
    public const string Updated = "UPDATE_COMPLETE";
    public const string UpdateFailed = "UPDATE_FAILED";
    public const string Restoring = "UPDATE_ROLLBACK_IN_PROGRESS";
    public const string RestoreCleaning = "UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS";
    public const string Restored = "UPDATE_ROLLBACK_COMPLETE";
    public const string RestoreFailed = "UPDATE_ROLLBACK_FAILED";
    public const string Deleting = "DELETE_IN_PROGRESS";
    public const string Deleted = "DELETE_COMPLETE";
    public const string DeleteFailed = "DELETE_FAILED";
#pragma warning restore CS1591

    /// <summary>Whether something is being done.</summary>
    public static bool IsMoving(string status) => status is not Review && status.EndsWith("_IN_PROGRESS", StringComparison.Ordinal);

    /// <summary>Whether an update may begin.</summary>
    public static bool MayUpdate(string status) => status is Created or Updated or Restored or "IMPORT_COMPLETE";
}
