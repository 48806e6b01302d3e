using Berth.Server.Aws;
using Berth.Stacks;

namespace Berth.Server.CloudFormation;

/// <summary>The types of resources that templates may ask for.</summary>
internal static class ResourceTypes
{
    /// <summary>All of them; made when a template is first read.</summary>
    public static IReadOnlyList<ResourceType> Create(ResourceTypeParts parts) => [];
}

/// <summary>What types are made with.</summary>
/// <param name="Calls">Calls other operations on behalf of the stack's caller.</param>
/// <param name="NestedStacks">Stacks in stacks.</param>
internal sealed record ResourceTypeParts(ForwardedCalls Calls, NestedStacks NestedStacks);
