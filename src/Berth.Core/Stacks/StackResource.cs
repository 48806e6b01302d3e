using System.Text.Json.Nodes;
using Berth.Identity.Entities;

namespace Berth.Stacks;

/// <summary>A resource of a stack. One that was replaced is there twice until the old one is removed.</summary>
/// <param name="StackId">The stack's ARN.</param>
/// <param name="LogicalId">Its name in the template.</param>
/// <param name="Suffix">What its generated name ends with, which tells it from one that it replaces.</param>
/// <param name="Type">Such as <c>AWS::ECR::Repository</c>.</param>
public sealed record StackResource(string StackId, string LogicalId, string Suffix, string Type)
{
    /// <summary>What <c>Ref</c> gives; null before it is made.</summary>
    public string? PhysicalId { get; init; }

    /// <summary>Such as <c>CREATE_COMPLETE</c>.</summary>
    public required string Status { get; init; }

    /// <summary>Why; null for nothing to say.</summary>
    public string? Reason { get; init; }

    /// <summary>What was begun and is not known to have ended: <c>CREATE</c>, <c>UPDATE</c>, <c>DELETE</c>; null for nothing.</summary>
    public string? Step { get; init; }

    /// <summary>The number of the operation that made it.</summary>
    public required long MadeIn { get; init; }

    /// <summary>The number of the operation that wants it gone; null for one that belongs to the stack.</summary>
    public long? RetiredIn { get; init; }

    /// <summary>When its step was first tried.</summary>
    public required DateTimeOffset BegunAt { get; init; }

    /// <summary>When its status changed.</summary>
    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>The rest.</summary>
    public required ResourceDetail Detail { get; init; }

    /// <summary>Whether it is there no more.</summary>
    public bool IsGone => Status is StackStatus.Deleted or "DELETE_SKIPPED";

    /// <summary>Whether it is as it should be.</summary>
    public bool IsComplete => Step is null && Status is StackStatus.Created or StackStatus.Updated or StackStatus.Restored;

    internal ResourceState State => new(PhysicalId ?? "", Detail.Attributes);
}

/// <summary>What is known of a resource besides its status. The nodes are not changed.</summary>
public sealed record ResourceDetail
{
    /// <summary>Its properties, as it was last made with.</summary>
    public JsonObject Properties { get; init; } = [];

    /// <summary>The properties it is being given; null for none.</summary>
    public JsonObject? Target { get; init; }

    /// <summary>The properties it had before the operation; null when the operation has not changed it.</summary>
    public JsonObject? Original { get; init; }

    /// <summary>What <c>Fn::GetAtt</c> gives.</summary>
    public JsonObject Attributes { get; init; } = [];

    /// <summary>The resources that it needs.</summary>
    public IReadOnlyList<string> Needs { get; init; } = [];

    /// <summary>See <see cref="Templates.TemplateResource.DeletionPolicy"/>.</summary>
    public string DeletionPolicy { get; init; } = "Delete";

    /// <summary>See <see cref="Templates.TemplateResource.UpdateReplacePolicy"/>.</summary>
    public string UpdateReplacePolicy { get; init; } = "Delete";

    /// <summary>What the template says of it, as it was given.</summary>
    public JsonNode? Metadata { get; init; }

    /// <summary>The stack's tags when it was last made or changed.</summary>
    public IReadOnlyList<EntityTag> Tags { get; init; } = [];

    /// <summary>The stack's tags before the operation.</summary>
    public IReadOnlyList<EntityTag>? OriginalTags { get; init; }

    /// <summary>Whether its step has begun and is waited for.</summary>
    public bool IsPending { get; init; }

    /// <summary>The number of the last operation that was done with it.</summary>
    public long DoneIn { get; init; }

    /// <summary>Whether another has taken its place, which has a policy of its own.</summary>
    public bool IsReplaced { get; init; }
}

/// <summary>Something that happened to a stack or to a resource of it.</summary>
/// <param name="StackId">The stack's ARN.</param>
/// <param name="LogicalId">The resource, or for the stack itself its name.</param>
/// <param name="Type">The resource's type.</param>
/// <param name="Status">What it became.</param>
public sealed record StackEvent(string StackId, string LogicalId, string Type, string Status)
{
    /// <summary>The how manieth of the stack; given when it is written.</summary>
    public long Number { get; init; }

    /// <summary>Its id.</summary>
    public string Id { get; init; } = "";

    /// <summary>What it is; null before it is made.</summary>
    public string? PhysicalId { get; init; }

    /// <summary>Why; null for nothing to say.</summary>
    public string? Reason { get; init; }

    /// <summary>The resource's properties as JSON; null for none, and where a parameter is secret.</summary>
    public string? Properties { get; init; }

    /// <summary>The token of the request that it follows from.</summary>
    public string? Token { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset Time { get; init; }
}
