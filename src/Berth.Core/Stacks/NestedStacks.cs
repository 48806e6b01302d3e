using System.Text.Json.Nodes;
using Berth.Identity.Entities;

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
/// physical id is the ARN of the nested stack, the attributes are <c>Outputs.Name</c>.
/// </summary>
public sealed class NestedStacks
{
    /// <summary>Begins to make it; it is made again under the same name when it is a retry.</summary>
    public Task<ResourceProgress> CreateAsync(ResourceWork work, NestedStack asked, CancellationToken cancel) => throw new NotSupportedException();

    /// <summary>Begins to change it, or to take the last change back.</summary>
    public Task<ResourceProgress> UpdateAsync(ResourceWork work, ResourceState state, NestedStack asked, CancellationToken cancel) => throw new NotSupportedException();

    /// <summary>Begins to delete it.</summary>
    public Task<ResourceProgress> DeleteAsync(ResourceWork work, ResourceState state, CancellationToken cancel) => throw new NotSupportedException();

    /// <summary>Looks how far it is.</summary>
    public Task<ResourceProgress> LookAsync(ResourceWork work, ResourceState state, CancellationToken cancel) => throw new NotSupportedException();
}
