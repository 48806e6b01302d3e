using System.Text.Json.Nodes;
using Berth.Stacks;
using Berth.Vocabulary;

namespace Berth.Server.CloudFormation.Types;

/// <summary>A type of resource whose properties are those of a record, with what is alike in all types.</summary>
/// <typeparam name="TProperties">Its properties: <c>required</c> and attributes say what holds for them.</typeparam>
internal abstract class ResourceType<TProperties>(ResourceCalls calls) : ResourceType
    where TProperties : class
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Attributes => [];

    /// <inheritdoc/>
    public sealed override IReadOnlyList<string> Properties => [.. PropertyShape.Of(typeof(TProperties)).Members.Select(member => member.Name)];

    /// <summary>What the resource is made by.</summary>
    protected ResourceCalls Calls => calls;

    /// <inheritdoc/>
    public sealed override string? FindFlaw(JsonObject properties)
    {
        var (record, flaw) = PropertyReader.Read<TProperties>(properties);
        return flaw ?? FindFlaw(record);
    }

    /// <inheritdoc/>
    public sealed override IReadOnlyList<string> ReplacedBy(JsonObject before, JsonObject after)
    {
        var (old, changed) = (PropertyReader.Read<TProperties>(before).Record, PropertyReader.Read<TProperties>(after).Record);
        return ReplacedBy(old, changed);
    }

    /// <inheritdoc/>
    public sealed override Task<ResourceProgress> CreateAsync(ResourceWork work, JsonObject properties, CancellationToken cancel) =>
        ExplainAsync(() => MakeAsync(work, Read(properties), cancel));

    /// <inheritdoc/>
    public sealed override Task<ResourceProgress> UpdateAsync(
        ResourceWork work, ResourceState state, JsonObject before, JsonObject after, CancellationToken cancel) =>
        ExplainAsync(() => ChangeAsync(work, state, new(Read(before), Read(after)), cancel));

    /// <inheritdoc/>
    public sealed override Task<ResourceProgress> DeleteAsync(
        ResourceWork work, ResourceState state, JsonObject properties, CancellationToken cancel) =>
        ExplainAsync(() => EndAsync(work, state, Read(properties), cancel));

    /// <summary>Why properties that can be read cannot be accepted.</summary>
    protected virtual string? FindFlaw(TProperties properties) => null;

    /// <summary>The properties that differ and cannot be changed.</summary>
    protected virtual IReadOnlyList<string> ReplacedBy(TProperties before, TProperties after) =>
    [
        .. PropertyShape.Of(typeof(TProperties)).Members
            .Where(member => member.IsCreateOnly && !SameValues.Are(member.Get(before), member.Get(after)))
            .Select(member => member.Name),
    ];

    /// <summary>Makes it; at a retry it may be there already, in part or whole.</summary>
    protected abstract Task<ResourceProgress> MakeAsync(ResourceWork work, TProperties properties, CancellationToken cancel);

    /// <summary>Changes it. What is taken away may be gone already, and what is added be there.</summary>
    protected abstract Task<ResourceProgress> ChangeAsync(
        ResourceWork work, ResourceState state, Change<TProperties> change, CancellationToken cancel);

    /// <summary>Removes it, if it is there. One that is nowhere but in its stack has nothing to remove.</summary>
    protected virtual Task RemoveAsync(ResourceWork work, ResourceState state, TProperties properties, CancellationToken cancel) => Task.CompletedTask;

    /// <summary>Removes it, or begins to.</summary>
    protected virtual async Task<ResourceProgress> EndAsync(ResourceWork work, ResourceState state, TProperties properties, CancellationToken cancel)
    {
        await RemoveAsync(work, state, properties, cancel);
        return new(state, IsDone: true);
    }

    /// <summary>Does what follows once there is something: if that fails, what is there can be taken back.</summary>
    protected static async Task<ResourceProgress> FinishAsync(ResourceState made, Func<Task> rest)
    {
        try
        {
            await rest();
            return new(made, IsDone: true);
        }
        catch (Exception failure) when (failure is ServiceRefusal or FaultException)
        {
            throw new ResourceFailedException(made, failure);
        }
    }

    private static TProperties Read(JsonObject properties)
    {
        var (record, flaw) = PropertyReader.Read<TProperties>(properties);
        return flaw is null ? record : throw new ResourcePropertiesInvalid(flaw).AsException();
    }

    /// <summary>Does something with the resource; what goes wrong is said as CloudFormation says it.</summary>
    protected async Task<ResourceProgress> ExplainAsync(Func<Task<ResourceProgress>> work)
    {
        try
        {
            return await work();
        }
        catch (ResourceFailedException failure) when (Explain(failure.InnerException!) is { } explained)
        {
            throw new ResourceFailedException(failure.State, explained);
        }
        catch (ServiceRefusal refusal)
        {
            throw HandlerErrors.Of(refusal, calls.NewToken()).AsException();
        }
        catch (FaultException own) when (own.Fault is ResourceAlreadyExists or ResourcePropertiesInvalid)
        {
            throw HandlerErrors.Of(own.Fault, calls.NewToken()).AsException();
        }
    }

    private FaultException? Explain(Exception failure) => failure switch
    {
        ServiceRefusal refusal => HandlerErrors.Of(refusal, calls.NewToken()).AsException(),
        FaultException { Fault: ResourceAlreadyExists or ResourcePropertiesInvalid } known => HandlerErrors.Of(known.Fault, calls.NewToken()).AsException(),
        _ => null,
    };
}

/// <summary>The properties of a resource that is changed.</summary>
internal sealed record Change<TProperties>(TProperties Before, TProperties After)
{
    /// <summary>Whether a property changes.</summary>
    public bool Differs(Func<TProperties, object?> property) => !SameValues.Are(property(Before), property(After));
}
