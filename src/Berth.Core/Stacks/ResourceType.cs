using System.Text.Json.Nodes;
using Berth.Identity;
using Berth.Identity.Entities;
using Berth.Vocabulary;

namespace Berth.Stacks;

/// <summary>
/// A kind of resource that templates may ask for, such as <c>AWS::ECR::Repository</c>. Properties are resolved before they come here: no
/// functions are left in them, and what is <c>AWS::NoValue</c> is gone. Every method may be called again after a crash, with
/// <see cref="ResourceWork.IsRetry"/>; doing it twice is doing it once. What goes wrong is a fault.
/// </summary>
public abstract class ResourceType
{
    /// <summary>As templates have it.</summary>
    public abstract string Name { get; }

    /// <summary>What <c>Fn::GetAtt</c> may read; one that ends with <c>.*</c> stands for all that begin so.</summary>
    public abstract IReadOnlyList<string> Attributes { get; }

    /// <summary>The names of the properties that it has, for the check before anything is made.</summary>
    public abstract IReadOnlyList<string> Properties { get; }

    /// <summary>Why the properties cannot be accepted, in CloudFormation's words; null when they can.</summary>
    public abstract string? FindFlaw(JsonObject properties);

    /// <summary>The properties that differ and cannot be changed: with any, the resource is replaced.</summary>
    public abstract IReadOnlyList<string> ReplacedBy(JsonObject before, JsonObject after);

    /// <summary>Makes it.</summary>
    public abstract Task<ResourceProgress> CreateAsync(ResourceWork work, JsonObject properties, CancellationToken cancel);

    /// <summary>Changes it without replacing it.</summary>
    public abstract Task<ResourceProgress> UpdateAsync(
        ResourceWork work, ResourceState state, JsonObject before, JsonObject after, CancellationToken cancel);

    /// <summary>Removes it. One that is gone already is removed.</summary>
    public abstract Task<ResourceProgress> DeleteAsync(ResourceWork work, ResourceState state, JsonObject properties, CancellationToken cancel);

    /// <summary>
    /// Whether an update of the stack always goes through <see cref="UpdateAsync"/>, even with equal properties: what they name from
    /// outside, such as a template, may have changed.
    /// </summary>
    public virtual bool IsAlwaysUpdated => false;

    /// <summary>Looks again at one that was still on its way; only for types whose progress is ever not done.</summary>
    public virtual Task<ResourceProgress> LookAsync(ResourceWork work, ResourceState state, CancellationToken cancel) =>
        Task.FromResult(new ResourceProgress(state, IsDone: true));
}

/// <summary>On whose behalf, and for which resource of which stack, something is done.</summary>
/// <param name="Caller">Whose permissions count: the stack's service role, or whoever asked for the change.</param>
/// <param name="Home">The account and Region of the stack.</param>
public sealed record ResourceWork(Caller Caller, RegistryId Home)
{
    /// <summary>The stack's ARN.</summary>
    public required string StackId { get; init; }

    /// <summary>The stack's name.</summary>
    public required string StackName { get; init; }

    /// <summary>The resource's name in the template.</summary>
    public required string LogicalId { get; init; }

    /// <summary>
    /// Twelve to thirteen random capitals and digits, the same at every attempt and new for every replacement: what generated names end
    /// with (<c>stack-LogicalId-SUFFIX</c>).
    /// </summary>
    public required string Suffix { get; init; }

    /// <summary>When this was first tried; what is found under a chosen name and is older was made by somebody else.</summary>
    public required DateTimeOffset BegunAt { get; init; }

    /// <summary>Whether it was tried before, and may be done already.</summary>
    public bool IsRetry { get; init; }

    /// <summary>The tags of the stack, which every resource that can have tags gets.</summary>
    public IReadOnlyList<EntityTag> Tags { get; init; } = [];

    /// <summary>In an update, the tags that the stack had when the resource was last made or changed.</summary>
    public IReadOnlyList<EntityTag> FormerTags { get; init; } = [];

    /// <summary>Whether a failed update is being taken back: <c>after</c> is then what it was before.</summary>
    public bool IsRollback { get; init; }

    /// <summary>The capabilities that whoever asked has acknowledged; a nested stack inherits them.</summary>
    public IReadOnlyList<string> Capabilities { get; init; } = [];
}

/// <summary>What a resource has become.</summary>
/// <param name="PhysicalId">What <c>Ref</c> gives.</param>
/// <param name="Attributes">What <c>Fn::GetAtt</c> gives, by name.</param>
public sealed record ResourceState(string PhysicalId, JsonObject Attributes);

/// <summary>How far a resource is.</summary>
/// <param name="State">What it is by now.</param>
/// <param name="IsDone">Whether there is nothing to wait for.</param>
public sealed record ResourceProgress(ResourceState State, bool IsDone)
{
    /// <summary>It is done.</summary>
    public static ResourceProgress Done(string physicalId, JsonObject? attributes = null) => new(new(physicalId, attributes ?? []), IsDone: true);
}

/// <summary>Something went wrong when a part of the resource was there already: it is deleted when the stack rolls back.</summary>
public sealed class ResourceFailedException(ResourceState state, Exception cause) : Exception(cause.Message, cause)
{
    /// <summary>What is there.</summary>
    public ResourceState State { get; } = state;
}
