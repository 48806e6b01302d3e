namespace Berth.Server.CloudFormation.Shapes;

/// <summary>An alarm that a stack is to be rolled back by.</summary>
internal sealed record RollbackTrigger
{
    public required string Arn { get; init; }

    public required string Type { get; init; }
}
