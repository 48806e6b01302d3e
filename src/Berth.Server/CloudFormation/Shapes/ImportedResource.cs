using Berth.Server.Aws.Constraints;

namespace Berth.Server.CloudFormation.Shapes;

/// <summary>A resource that is there, and is to be a stack's.</summary>
internal sealed record ImportedResource
{
    public required string LogicalResourceId { get; init; }

    [Count(1, 256)]
    public required IReadOnlyDictionary<string, string> ResourceIdentifier { get; init; }

    [Length(1, 256)]
    public required string ResourceType { get; init; }
}
