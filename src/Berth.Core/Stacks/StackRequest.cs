using Berth.Identity;
using Berth.Identity.Entities;
using Berth.Vocabulary;

namespace Berth.Stacks;

/// <summary>What somebody asks a stack to be made from.</summary>
/// <param name="Caller">Who asks.</param>
/// <param name="Home">The account and Region.</param>
/// <param name="Name">The stack's name, or for one that is there its ARN.</param>
public sealed record StackRequest(Caller Caller, RegistryId Home, string Name)
{
    /// <summary>The template's text; null for none given.</summary>
    public string? Body { get; init; }

    /// <summary>Where the template is; null for none given.</summary>
    public string? Url { get; init; }

    /// <summary>Whether it is the template that the stack has.</summary>
    public bool UsesPrevious { get; init; }

    /// <summary>Parameters by name; null for one that stays what it is.</summary>
    public IReadOnlyList<KeyValuePair<string, string?>> Parameters { get; init; } = [];

    /// <summary>Tags; null for those that the stack has.</summary>
    public IReadOnlyList<EntityTag>? Tags { get; init; }

    /// <summary>What the caller acknowledges.</summary>
    public IReadOnlyList<string> Capabilities { get; init; } = [];

    /// <summary>The role to make it with; null for the one that the stack has.</summary>
    public string? RoleArn { get; init; }

    /// <summary>The types that are allowed, with <c>*</c> at the end for all that begin so; null for every one.</summary>
    public IReadOnlyList<string>? ResourceTypes { get; init; }

    /// <summary>How it is done; its number and time are not looked at.</summary>
    public StackOperation Operation { get; init; } = new(0, default);

    /// <summary>Whether a new stack may not be deleted.</summary>
    public bool IsProtected { get; init; }

    internal string? ParentId { get; init; }

    internal string? RootId { get; init; }
}
