namespace Berth.Server.CloudFormation.Types.Iam;

/// <summary>An inline policy in a template.</summary>
internal sealed record PolicyProperty
{
    [Document]
    public required string PolicyDocument { get; init; }

    public required string PolicyName { get; init; }
}
